export const transaction = {};
