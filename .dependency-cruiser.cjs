/**
 * Who may import whom. The rooms and their order are explained in docs/decisions/; tests may import what they test.
 */
const TESTS = '([.]test[.]ts|[.]int[.]test[.]ts)$|(^|/)test-[^/]+$';
const OURS =
  '^(activities|api|bench|cli|config|connectors|db|domain|scripts|secrets|simulators|stack|temporal|tests|web|words|worker|workflows)/';

/** A room, and all that it may import of ours; npm packages are free unless a rule below says otherwise. */
const room = (name, allowed, from = `^${name}/`) => ({
  name: `${name}-keeps-to-its-neighbours`,
  comment: `${name} may import of ours only: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: from, pathNot: [TESTS, ...(from === `^${name}/` ? ['[.]contract[.]ts$'] : [])] },
  to: { path: OURS, pathNot: [`^${name}/`, ...allowed] },
});

const CONTRACTS = '^api/.*contract[.]ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'types may point at each other: they are gone when the code runs',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(#build|virtual:)' },
    },
    room('domain', []),
    room('words', ['^domain/']),
    room('connectors', ['^domain/']),
    room('db', ['^domain/']),
    room('secrets', ['^config/keys[.]ts$']),
    room('workflows', ['^domain/', '^activities/']),
    {
      name: 'workflows-know-activities-as-types',
      comment: 'the sandbox of workflows cannot load the side effects themselves',
      severity: 'error',
      from: { path: '^workflows/', pathNot: TESTS },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflows-load-no-node',
      comment: 'the sandbox of workflows has none of its modules',
      severity: 'error',
      from: { path: '^workflows/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'no files, no network, no database: only a library for time zones',
      severity: 'error',
      from: { path: '^domain/', pathNot: [TESTS, '^domain/histories/'] },
      to: { dependencyTypes: ['core', 'npm'], pathNot: 'node_modules/temporal-polyfill' },
    },
    {
      name: 'the-oracle-shares-no-code',
      comment: 'what checks the rules is worth nothing where it runs them: it may speak their types alone',
      severity: 'error',
      from: { path: '^domain/oracle/' },
      to: { pathNot: '^domain/oracle/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-know-no-oracle',
      severity: 'error',
      from: { path: '^domain/', pathNot: ['^domain/(oracle|histories)/', TESTS] },
      to: { path: '^domain/(oracle|histories)/' },
    },
    room('temporal', ['^domain/', '^workflows/']),
    room('activities', [
      '^domain/',
      '^connectors/',
      '^db/',
      '^words/',
      '^secrets/',
      '^workflows/messages[.]ts$',
    ]),
    room('api', [
      '^domain/',
      '^db/',
      '^words/',
      '^temporal/',
      '^workflows/messages[.]ts$',
      '^secrets/(seal|webhook-secret|keys)[.]ts$',
      '^connectors/[^/]+/descriptor[.]ts$',
      '^connectors/descriptor[.]ts$',
      '^config/',
    ]),
    {
      name: 'contracts-are-for-browsers-too',
      comment: 'a contract imports yup, other contracts and types of the domain',
      severity: 'error',
      from: { path: CONTRACTS },
      to: { path: OURS, pathNot: ['^api/contract[.]ts$', CONTRACTS, '^domain/'] },
    },
    {
      name: 'contracts-load-yup-alone',
      severity: 'error',
      from: { path: CONTRACTS },
      to: { dependencyTypes: ['core', 'npm'], pathNot: 'node_modules/yup' },
    },
    room('web', ['^api/contract[.]ts$', CONTRACTS, '^words/', '^domain/']),
    room('worker', [
      '^activities/',
      '^config/',
      '^connectors/',
      '^db/',
      '^domain/',
      '^secrets/',
      '^temporal/',
      '^words/',
      '^workflows/',
    ]),
    room('simulators', []),
    room('config', []),
    room('stack', ['^config/']),
    room('cli', [
      '^api/contract[.]ts$',
      CONTRACTS,
      '^words/',
      '^config/',
      '^stack/',
      '^db/migrate[.]ts$',
      '^domain/policies[.]ts$',
    ]),
    {
      name: 'cli-touches-the-database-only-to-migrate',
      comment: 'every other command is a client of the API',
      severity: 'error',
      from: { path: '^cli/', pathNot: [TESTS, '^cli/commands/migrate[.]ts$', '^cli/up/start-stack[.]ts$'] },
      to: { path: '^db/' },
    },
    {
      name: 'programs-do-not-import-tests',
      severity: 'error',
      from: { pathNot: [TESTS, '^(tests|bench|scripts)/', '[.]config[.]ts$'] },
      to: { path: '^(tests|bench)/' },
    },
    {
      name: 'only-what-package-json-names',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|test-results)/|^web/node_modules' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'types', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.d.mts'],
    },
  },
};
