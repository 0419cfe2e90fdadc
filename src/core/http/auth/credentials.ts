/** How a request proves who sends it; every value resolved. */
export type Credentials = BasicCredentials | DigestCredentials | BearerCredentials | AwsCredentials;

export interface BasicCredentials {
  readonly type: 'basic';
  readonly username: string;
  readonly password: string;
}

export interface DigestCredentials {
  readonly type: 'digest';
  readonly username: string;
  readonly password: string;
}

export interface BearerCredentials {
  readonly type: 'bearer';
  readonly token: string;
}

/** AWS Signature Version 4; region and service are read from the host when they are absent. */
export interface AwsCredentials {
  readonly type: 'aws';
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
  readonly region?: string;
  readonly service?: string;
}

/** What authenticates a request besides an Authorization line of its own, in the order of SESSION 0a.7. */
export interface RequestAuth {
  /** Asked for by the request itself, and not a mere header line: Digest and AWS. Comes before an Authorization line. */
  readonly own?: Credentials;
  /** Of the session or of a mount; with `origin` it is used there and nowhere else. */
  readonly session?: { readonly credentials: Credentials; readonly origin?: string };
  /** Userinfo of the URL as written. */
  readonly userinfo?: BasicCredentials;
  /** `none` was said: neither a session, a mount nor netrc authenticates any hop. */
  readonly none?: boolean;
  /** What netrc may still be asked for: entries that name the host, or nothing; absent: its default as well. */
  readonly netrc?: 'named' | 'off';
}

/** The texts of a request's credentials that must not be shown. */
export function authSecrets({ own, session, userinfo }: RequestAuth = {}): readonly string[] {
  return [own, session?.credentials, userinfo].flatMap((each) => (each === undefined ? [] : secretsOf(each)));
}

function secretsOf(credentials: Credentials): readonly string[] {
  switch (credentials.type) {
    case 'basic':
    case 'digest':
      return [credentials.password];
    case 'bearer':
      return [credentials.token];
    case 'aws':
      return [credentials.secretKey, ...(credentials.sessionToken === undefined ? [] : [credentials.sessionToken])];
  }
}
