import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

const directory = import.meta.dirname;

/** Rules are errors or absent: nobody reads warnings. */
export default tseslint.config(
  {
    ignores: [
      'dist/**',
      '**/node_modules/**',
      '.timebridge/**',
      '.stryker-tmp/**',
      'shots/**',
      'coverage/**',
      'web/*.d.ts',
    ],
  },
  { files: ['**/*.{ts,mts,vue}'], extends: [tseslint.configs.recommendedTypeChecked] },
  ...vue.configs['flat/essential'].map((config) => ({ ...config, files: ['web/**/*.vue'] })),
  {
    files: ['**/*.{ts,mts}'],
    ignores: ['web/**'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: directory } },
  },
  {
    files: ['web/**/*.{ts,vue}'],
    ignores: ['web/vite.config.ts'],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        project: './web/tsconfig.json',
        extraFileExtensions: ['.vue'],
        tsconfigRootDir: directory,
      },
    },
  },
  {
    files: ['**/*.{ts,mts,vue}'],
    rules: {
      'no-undef': 'off', // the compiler knows better
      'no-console': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off', // an interface may want a promise from one that need not wait
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // The environment is read in one room; elsewhere its values are given in.
    files: ['{activities,api,cli,connectors,db,domain,secrets,temporal,words,worker,workflows}/**/*.ts'],
    ignores: ['**/*.test.ts', 'cli/up/**', 'cli/commands/**', 'cli/options.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Read the environment in config/ and hand the value in.',
        },
      ],
    },
  },
  {
    // Plain TypeScript cannot see into .vue files, so what they export looks untyped there.
    files: ['web/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['web/vite.config.ts', '*.config.ts'], ...tseslint.configs.disableTypeChecked },
);
