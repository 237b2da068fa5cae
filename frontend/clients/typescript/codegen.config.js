/** What is generated from the schema and the operations; read by @graphql-codegen/cli. */

const scalars = { BigInt: "string", Date: "string", DateTime: "string", Decimal: "string", Identifier: "string", SearchText: "string" };

export default {
  schema: "../../../schema/schema.graphql",
  documents: "../operations/*.graphql",
  generates: {
    "src/generated.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: { scalars, enumsAsTypes: true, useTypeImports: true, defaultScalarType: "unknown", strictScalars: true },
    },
  },
};
