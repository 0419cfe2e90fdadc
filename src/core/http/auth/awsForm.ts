import type { AwsCredentials } from './credentials.ts';

/** REST Client's words for AWS credentials: `id key [token:…] [region:…] [service:…]`, where the last two say what the host does not. */
export function awsForm(text: string): AwsCredentials | undefined {
  const [accessKeyId, secretKey, ...options] = text.trim().split(/\s+/);
  if (accessKeyId === undefined || secretKey === undefined) return undefined;
  const named = options.map((option) => /^(token|region|service):(\S+)$/i.exec(option));
  const values = new Map(named.map((match) => [match?.[1]?.toLowerCase(), match?.[2]]));
  if (values.has(undefined)) return undefined;
  const [sessionToken, region, service] = ['token', 'region', 'service'].map((name) => values.get(name));
  return {
    type: 'aws',
    accessKeyId,
    secretKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(region !== undefined && { region }),
    ...(service !== undefined && { service }),
  };
}
