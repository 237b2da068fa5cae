/** `node lint.js FILE`: print what breaks a rule in the SDL, one line each; exit status 1 when anything does. */

import { basename, dirname, resolve } from "node:path";
import graphql from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";
import { isAllowed, rules } from "./rules.js";

const file = resolve(process.argv[2] ?? "");
const eslint = new ESLint({
  cwd: dirname(file),
  overrideConfigFile: true,
  overrideConfig: {
    files: ["**/*.graphql"],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: file } } },
    linterOptions: { noInlineConfig: true },
    plugins: { "@graphql-eslint": graphql },
    rules,
  },
});

const results = await eslint.lintFiles([file]);
const problems = results.flatMap((result) => result.messages).filter((problem) => !isAllowed(problem));
for (const problem of problems) {
  const rule = problem.ruleId ?? "syntax";
  console.log(`${basename(file)}:${problem.line ?? 0}  ${rule.replace("@graphql-eslint/", "")}  ${problem.message}`);
}
process.exitCode = problems.length === 0 ? 0 : 1;
