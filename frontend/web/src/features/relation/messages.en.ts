export const relation = {};
