import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another extension for request files, as far as it meets ours. */
interface Neighbour {
  readonly publisher: string;
  readonly name: string;
  /** Of its lens, and of the command behind it and behind `Ctrl+Alt+R`. */
  readonly lens: string;
  readonly command: string;
  readonly settings: Readonly<Record<string, { readonly type: string; readonly default: unknown }>>;
  /** JavaScript: whether its settings want its lens. */
  readonly wantsLens: string;
}

/**
 * Stand-ins for REST Client and httpYac: the same ids, language, keys, lenses and settings. They send nothing; a message says that they were asked.
 * The real ones are in a gallery that tests cannot reach.
 */
export const neighbours: readonly Neighbour[] = [
  {
    publisher: 'humao',
    name: 'rest-client',
    lens: 'Send Request',
    command: 'rest-client.request',
    settings: { 'rest-client.enableSendRequestCodeLens': { type: 'boolean', default: true } },
    wantsLens: `getConfiguration('rest-client').get('enableSendRequestCodeLens')`,
  },
  {
    publisher: 'anweber',
    name: 'vscode-httpyac',
    lens: 'send',
    command: 'httpyac.send',
    settings: { 'httpyac.codelens': { type: 'object', default: { send: true, pickEnvironment: true } } },
    wantsLens: `getConfiguration('httpyac').get('codelens').send`,
  },
];

/** Writes the extension into a folder below `folder` and returns that one. */
export function writeNeighbour(neighbour: Neighbour, folder: string): string {
  const target = join(folder, neighbour.name);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), JSON.stringify(manifestOf(neighbour)));
  writeFileSync(join(target, 'extension.js'), codeOf(neighbour));
  return target;
}

function manifestOf({ publisher, name, command, settings }: Neighbour): object {
  return {
    publisher,
    name,
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    main: './extension.js',
    activationEvents: ['onLanguage:http'],
    contributes: {
      languages: [{ id: 'http', aliases: ['HTTP'], extensions: ['.http', '.rest'] }],
      commands: [{ command, title: command }],
      keybindings: [{ command, key: 'ctrl+alt+r', when: "editorTextFocus && editorLangId == 'http'" }],
      configuration: { properties: settings },
    },
  };
}

function codeOf({ lens, command, wantsLens }: Neighbour): string {
  return `const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  const lensAt = (line) =>
    new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title: '${lens}', command: '${command}' });
  const provideCodeLenses = (document) =>
    vscode.workspace.${wantsLens}
      ? document.getText().split('\\n').flatMap((text, line) => (/^(?:GET|POST) /.test(text) ? [lensAt(line)] : []))
      : [];
  subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(() => changed.fire()),
    vscode.languages.registerCodeLensProvider({ language: 'http' }, { provideCodeLenses, onDidChangeCodeLenses: changed.event }),
    vscode.commands.registerCommand('${command}', () => vscode.window.showInformationMessage('asked: ${command}')),
  );
};
`;
}
