/** Every id that package.json contributes, typed once; a test compares the two. */
export const commandIds = [
  'send',
  'sendAll',
  'sendSelected',
  'sendFolder',
  'cancel',
  'sendLast',
  'switchEnvironment',
  'switchSession',
  'newSession',
  'clearCookies',
  'clearVariables',
  'resetSession',
  'copyAsCurl',
  'previewRequest',
  'tryDemo',
  'exportCookies',
  'importCookies',
  'copySessionForCli',
  'response.focus',
  'deleteCookie',
  'copyCookie',
  'revealValue',
  'hideValue',
  'revealSource',
  'deleteVariable',
  'copyVariable',
  'useSession',
  'closeConnections',
  'editSessionDefaults',
  'sendRequest',
  'showValue',
  'takeOverSettings',
  'loadPreviewContent',
] as const;

export type CommandId = (typeof commandIds)[number];

export const settingIds = [
  'followRedirects',
  'maxRedirects',
  'redirectPolicy',
  'cookieHeader',
  'connectTimeout',
  'readTimeout',
  'retry',
  'verify',
  'proxies',
  'trustEnv',
  'certificates',
  'variablePrecedence',
  'inlayHints',
  'lenses',
  'markdown',
  'runDependencies',
  'sendAll.onFailure',
  'environmentVariables',
  'sessionDefaults',
  'store',
] as const;

export type SettingId = (typeof settingIds)[number];

export const sessionViewId = 'crumbtrail.session';
export const responseViewType = 'crumbtrail.response';
export const htmlPreviewType = 'crumbtrail.htmlPreview';
export const languageId = 'http';
/** VS Code's own language, whose fenced `http` blocks have lenses too. */
export const markdownId = 'markdown';

/** Context keys that `when` clauses of package.json use. */
export const contextKeys = { running: 'crumbtrail.running', hasSession: 'crumbtrail.hasSession' } as const;
