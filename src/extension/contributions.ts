/** Commands on sessions and environments, whose code is loaded with the first of them. */
export const sessionCommandIds = [
  'switchEnvironment',
  'switchSession',
  'newSession',
  'clearCookies',
  'clearVariables',
  'resetSession',
  'exportCookies',
  'importCookies',
  'copySessionForCli',
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
  'renameSession',
  'duplicateSession',
  'deleteSession',
  'undoSessionChange',
  'sendAs',
  'addCookie',
  'editCookie',
  'duplicateCookie',
  'copyCookieTo',
  'clearDomain',
  'clearSessionCookies',
  'clearExpiredCookies',
  'addVariable',
  'editVariable',
  'copyVariableValue',
  'revealVariableSource',
  'forgetResponse',
  'forgetResponses',
  'takeSnapshot',
  'restoreSnapshot',
  'deleteSnapshot',
  'compareSessions',
  'whyNotSent',
  'filterSession',
  'clearSessionFilter',
  'newEnvironment',
  'showCookie',
  'moveToSecret',
  'moveToPrivate',
  'manageSecrets',
] as const;

export type SessionCommandId = (typeof sessionCommandIds)[number];

/** Every id that package.json contributes, typed once; a test compares the two. */
export const commandIds = [
  'send',
  'sendAll',
  'sendSelected',
  'sendFolder',
  'cancel',
  'sendNow',
  'sendLast',
  'copyAsCurl',
  'copyAsCurlPowerShell',
  'copyAsCurlCmd',
  'exportHar',
  'showHistory',
  'compareResponses',
  'clearHistory',
  'previewRequest',
  'tryDemo',
  'response.focus',
  'sendRequest',
  'showValue',
  'takeOverSettings',
  'loadPreviewContent',
  ...sessionCommandIds,
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
  'history.enabled',
  'history.maxEntries',
  'compare.ignoredHeaders',
  'environmentVariables',
  'sessionDefaults',
  'keepSessionCookies',
  'store',
] as const;

export type SettingId = (typeof settingIds)[number];

export const sessionViewId = 'crumbtrail.session';
/** Documents that are parts of a session. */
export const sessionScheme = 'crumbtrail';

/** Responses that are compared are documents of this scheme. */
export const compareScheme = 'crumbtrail-compare';
export const responseViewType = 'crumbtrail.response';
export const htmlPreviewType = 'crumbtrail.htmlPreview';
export const languageId = 'http';
/** VS Code's own language, whose fenced `http` blocks have lenses too. */
export const markdownId = 'markdown';

/** Context keys that `when` clauses of package.json use. */
export const contextKeys = {
  running: 'crumbtrail.running',
  waiting: 'crumbtrail.waiting',
  sessionFiltered: 'crumbtrail.sessionFiltered',
} as const;
