/** What the exported SDL must keep to. A rule of the plug-in that is not named here is off, with its reason below. */

const naming = {
  types: "PascalCase",
  DirectiveDefinition: "camelCase",
  EnumValueDefinition: "UPPER_CASE",
  FieldDefinition: "camelCase",
  InputValueDefinition: "camelCase",
  // A name says what a thing is; what kind of definition it is, the definition says.
  EnumTypeDefinition: { style: "PascalCase", forbiddenPatterns: [/^Enum|Enum$/] },
  InterfaceTypeDefinition: { style: "PascalCase", forbiddenPatterns: [/^Interface|Interface$/] },
  ObjectTypeDefinition: { style: "PascalCase", forbiddenPatterns: [/^Type|Type$/] },
  UnionTypeDefinition: { style: "PascalCase", forbiddenPatterns: [/^Union|Union$/] },
  "FieldDefinition[parent.name.value=Query]": { style: "camelCase", forbiddenPatterns: [/^(query|get|list)|Query$/] },
  "FieldDefinition[parent.name.value=Mutation]": { style: "camelCase", forbiddenPatterns: [/^mutation|Mutation$/] },
};

const described = {
  types: true,
  DirectiveDefinition: true,
  EnumValueDefinition: true,
  FieldDefinition: true,
  InputValueDefinition: true,
};

/*
 * Off on purpose:
 *   alphabetize, input-name, match-document-filename      order and files follow the reader, not the alphabet
 *   strict-id-in-types                                    values (money, aggregates, pages) have no identity
 *   require-nullable-result-in-root                       a connection is never null, an empty page is
 */
export const rules = {
  "@graphql-eslint/description-style": ["error", { style: "block" }],
  "@graphql-eslint/known-argument-names": "error",
  "@graphql-eslint/known-directives": "error",
  "@graphql-eslint/known-type-names": "error",
  "@graphql-eslint/lone-schema-definition": "error",
  "@graphql-eslint/naming-convention": ["error", naming],
  "@graphql-eslint/no-hashtag-description": "error",
  "@graphql-eslint/no-scalar-result-type-on-mutation": "error",
  "@graphql-eslint/no-typename-prefix": "error",
  "@graphql-eslint/no-unreachable-types": "error",
  "@graphql-eslint/provided-required-arguments": "error",
  "@graphql-eslint/relay-arguments": ["error", { includeBoth: true }],
  "@graphql-eslint/relay-connection-types": "error",
  // Small closed lists (nodes by ids, groups of an aggregate) are lists; what can grow is a connection.
  "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false }],
  "@graphql-eslint/relay-page-info": "error",
  "@graphql-eslint/require-deprecation-reason": "error",
  "@graphql-eslint/require-description": ["error", described],
  "@graphql-eslint/unique-directive-names": "error",
  "@graphql-eslint/unique-directive-names-per-location": "error",
  "@graphql-eslint/unique-enum-value-names": "error",
  "@graphql-eslint/unique-field-definition-names": "error",
  "@graphql-eslint/unique-operation-types": "error",
  "@graphql-eslint/unique-type-names": "error",
};

/** The bank's own numbers keep the names they have in the bank, so a Customer has a `customerNo` (docs/glossary.md). */
export const isAllowed = ({ ruleId, message }) =>
  ruleId === "@graphql-eslint/no-typename-prefix" && /^Field "[A-Za-z]+No" /.test(message);
