import type { ClientCertificate, SendSettings } from '../session/settings.ts';
import type { PrepareInput } from './prepareInput.ts';

/** The settings with the files of TLS by absolute path: as written they are below the root folder. */
export function withAbsolutePaths(settings: SendSettings, { files, file }: PrepareInput): SendSettings {
  const absolute = (path: string): string => files.resolve(`${file.root}/-`, path);
  const { verify, cert } = settings;
  return {
    ...settings,
    verify: typeof verify === 'string' && verify !== '' ? absolute(verify) : verify,
    cert: typeof cert === 'string' ? absolute(cert) : cert && absoluteFiles(cert, absolute),
    certificates: settings.certificates.map((each) => absoluteFiles(each, absolute)),
  };
}

/** The path of a tag is one like every other path of a request: it begins at the file that it stands in. */
export function pathInFile(path: string, { files, file }: PrepareInput): string {
  return files.resolve(file.path ?? `${file.root}/-`, path);
}

function absoluteFiles(certificate: ClientCertificate, absolute: (path: string) => string): ClientCertificate {
  const { file, key } = certificate;
  return { ...certificate, file: absolute(file), ...(key !== undefined && { key: absolute(key) }) };
}
