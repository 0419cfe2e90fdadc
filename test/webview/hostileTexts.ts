/** Texts that servers may send and that must stay texts: each shown as it is, with nothing else changed. */
export const hostileTexts: readonly string[] = [
  '<script>globalThis.hacked = 1</script>',
  '</script><script>globalThis.hacked = 1</script>',
  '<img src=x onerror="globalThis.hacked = 1">',
  '"><svg onload=globalThis.hacked=1><animate onbegin=globalThis.hacked=1 attributeName=x></svg>',
  '<iframe srcdoc="<script>top.hacked = 1</script>"></iframe><object data=x></object><embed src=x>',
  '<style>* { display: none !important }</style><link rel=stylesheet href=http://evil.test/x.css>',
  '<base href=http://evil.test/><meta http-equiv=refresh content="0;url=http://evil.test/">',
  '<form action=http://evil.test/><button autofocus onfocus=globalThis.hacked=1>x</button></form>',
  '" autofocus onfocus="globalThis.hacked = 1" x="',
  "' style='position:fixed;inset:0;background:url(http://evil.test/x.png)",
  'javascript:globalThis.hacked=1',
  'data:text/html,<script>globalThis.hacked=1</script>',
  'vscode://evil.test/run?command=1',
  '{{constructor.constructor("globalThis.hacked=1")()}}${globalThis.hacked=1}#{1}<%= 1 %>',
  '__proto__',
  'constructor',
  '&lt;b&gt;&#60;img src=x onerror=globalThis.hacked=1&#62;',
  'safe\u202etxt.exe\u202c\u2066\u2067\u2069 \u200e\u200f\u061c\u200b\ufeff',
  'nul\u0000bell\u0007escape\u001b[31mred\u001b[0m\u009b31m delete\u007f back\u0008space',
  'line\u2028separator\u2029paragraph\u0085next',
  '\ud800 lone \udfff surrogates',
  'ﷺ'.repeat(50),
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢'.repeat(20),
  'x'.repeat(50_000),
  '('.repeat(5000),
];

/** Whole bodies with their types. */
export const hostileBodies: readonly (readonly [type: string, body: string])[] = [
  ...hostileTexts.map((text) => ['text/plain', text] as const),
  ...hostileTexts.map((text) => ['application/json', JSON.stringify({ [text]: [text, { text }] })] as const),
  ...hostileTexts.map((text) => ['text/html', text] as const),
  ...hostileTexts.map((text) => ['text/csv', `${text},b\n"${text.replaceAll('"', '""')}",2`] as const),
  ...hostileTexts.map(
    (text) => ['application/x-www-form-urlencoded', new URLSearchParams([[text, text]]).toString()] as const,
  ),
  [
    'application/xml',
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><l>&b;&x;<script xmlns="http://www.w3.org/1999/xhtml">globalThis.hacked = 1</script></l>',
  ],
  ['application/xml', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
  ['application/json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['application/json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['application/json', `{"__proto__":{"hacked":1},"constructor":{"prototype":{"hacked":1}}}`],
  ['application/json', `[${'"'.repeat(2)}${`,"${'\\\\'.repeat(50)}"`.repeat(500)}]`],
  [
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="top.hacked=1"><script>top.hacked=1</script><image href="http://evil.test/x.png"/><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://evil.test/"/></foreignObject><style>@import url(http://evil.test/x.css);</style></svg>',
  ],
  [
    'multipart/form-data; boundary=X',
    `--X\r\nContent-Disposition: form-data; name="<img src=x onerror=globalThis.hacked=1>"; filename="..\\..\\\u202egpj.exe"\r\nContent-Type: image/svg+xml\r\n\r\n<svg onload="top.hacked=1"/>\r\n--X--`,
  ],
  [
    'text/css',
    '*{background:url(http://evil.test/x.png)} @import "http://evil.test/x.css"; </style><script>globalThis.hacked=1</script>',
  ],
];
