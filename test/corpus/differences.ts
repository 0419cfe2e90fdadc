/** A fact of the corpus that the grammar decides otherwise. Without `line` it is a fact of the whole file. */
export interface DecidedDifference {
  readonly file: string;
  readonly line?: number;
  readonly fact: string;
  readonly rule: string;
  readonly why: string;
}

/** The facts come from simpler rules than the grammar; where the two differ, the grammar wins, by the rule named here. */
export const decidedDifferences: readonly DecidedDifference[] = [
  ...[
    'NikiforovAll/keycloak-authorization-services-dotnet/samples/AuthGettingStarted/assets/token.http',
    'NikiforovAll/keycloak-authorization-services-dotnet/samples/AuthorizationAndCleanArchitecture/assets/token.http',
    'NikiforovAll/keycloak-authorization-services-dotnet/samples/GettingStarted/assets/main.http',
  ].map((file) => ({
    file,
    fact: 'variables',
    rule: 'C31',
    why: 'a variable that reads a response stands behind a curl command; the facts do not look behind those',
  })),
  {
    file: 'christianhelle/httprunner/examples/pagination-variables.http',
    fact: 'variables',
    rule: 'C16, C17',
    why: 'the variables stand behind a blank line, between a body without a type and the request that follows it unseparated',
  },
  ...[
    'httpyac/httpyac.github.io/examples/api/grpcbin.http',
    'httpyac/httpyac.github.io/examples/project/grpc/grpcbin.http',
    'httpyac/httpyac.github.io/examples/project/grpc/hello.http',
  ].map((file) => ({
    file,
    fact: 'variables',
    rule: 'C3',
    why: 'the variable stands below lines of text that are ignored; the facts take those lines for a request',
  })),
];
