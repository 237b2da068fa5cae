import { addTypenameSelectionDocumentTransform } from "@graphql-codegen/client-preset";
import type { CodegenConfig } from "@graphql-codegen/cli";

/** Types and trusted documents of what the components ask for; nothing else of the schema enters the page. */
const config: CodegenConfig = {
  schema: "../../schema/schema.graphql",
  documents: ["src/**/*.{ts,tsx}", "!src/**/*.test.{ts,tsx}", "!src/graph/generated/**"],
  generates: {
    "src/graph/generated/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: { unmaskFunctionName: "readFragment" },
        persistedDocuments: { mode: "embedHashInDocument", hashAlgorithm: "sha256" },
      },
      // The cache knows types by their names; they have to be in the text whose hash is trusted.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        onlyOperationTypes: true,
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: {
          BigInt: "string",
          Date: "string",
          DateTime: "string",
          Decimal: "string",
          Identifier: "string",
          SearchText: "string",
        },
      },
    },
    // Which types are a Customer, a Node, a MutationError: the cache matches fragments by it.
    "src/graph/generated/possibleTypes.ts": { plugins: ["fragment-matcher"] },
  },
};

export default config;
