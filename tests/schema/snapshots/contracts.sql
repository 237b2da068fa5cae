SELECT JSON_OBJECT('customer' VALUE (SELECT JSON_OBJECT('~' VALUE customer_1.id, 'contracts' VALUE (SELECT JSON_OBJECT('totalCount' VALUE (SELECT CAST(count(*) AS TEXT) AS count_1
FROM (SELECT 1 AS one
FROM ketu.account AS account_2
WHERE account_2.id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_1.id) UNION ALL SELECT 1 AS one
FROM ketu.loan AS loan_2
WHERE loan_2.account_id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_1.id) UNION ALL SELECT 1 AS one
FROM ketu.card AS card_2
WHERE card_2.customer_id = customer_1.id) AS contract), 'nodes' VALUE coalesce(json_agg(CASE WHEN (contract.type = 'Account') THEN (SELECT JSON_OBJECT('~' VALUE account_3.holder_ids, '__typename' VALUE 'Account', 'openedOn' VALUE account_3.opened_on, 'balance' VALUE CASE WHEN (account_3.balance IS NOT NULL) THEN JSON_OBJECT('amount' VALUE CAST(account_3.balance AS TEXT), 'currency' VALUE account_3.currency) END) AS anon_3
FROM ketu.account AS account_3
WHERE account_3.id = contract.id) WHEN (contract.type = 'Loan') THEN (SELECT JSON_OBJECT('~' VALUE (SELECT account_told_of_loan_3.holder_ids
FROM ketu.account AS account_told_of_loan_3
WHERE account_told_of_loan_3.id = loan_3.account_id), '__typename' VALUE 'Loan', 'state' VALUE loan_3.state, 'product' VALUE (SELECT JSON_OBJECT('name' VALUE product_1.name) AS anon_5
FROM ketu.product AS product_1
WHERE product_1.id = loan_3.product_id)) AS anon_4
FROM ketu.loan AS loan_3
WHERE loan_3.id = contract.id) WHEN (contract.type = 'Card') THEN (SELECT JSON_OBJECT('__typename' VALUE 'Card', 'issuedOn' VALUE card_3.issued_on) AS anon_6
FROM ketu.card AS card_3
WHERE card_3.id = contract.id) END), '[]'::json)) AS anon_2
FROM (SELECT contract.type, contract.id
FROM (SELECT first_account_1.type AS type, first_account_1.id AS id, first_account_1.key0 AS key0
FROM (SELECT 'Account' AS type, account_1.id AS id, account_1.opened_on AS key0
FROM ketu.account AS account_1
WHERE account_1.id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_1.id) ORDER BY account_1.opened_on DESC, account_1.id DESC
 LIMIT 10) AS first_account_1 UNION ALL SELECT first_loan_1.type AS type, first_loan_1.id AS id, first_loan_1.key0 AS key0
FROM (SELECT 'Loan' AS type, loan_1.id AS id, loan_1.granted_on AS key0
FROM ketu.loan AS loan_1
WHERE loan_1.account_id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_1.id) ORDER BY loan_1.granted_on DESC, loan_1.id DESC
 LIMIT 10) AS first_loan_1 UNION ALL SELECT first_card_1.type AS type, first_card_1.id AS id, first_card_1.key0 AS key0
FROM (SELECT 'Card' AS type, card_1.id AS id, card_1.issued_on AS key0
FROM ketu.card AS card_1
WHERE card_1.customer_id = customer_1.id ORDER BY card_1.issued_on DESC, card_1.id DESC
 LIMIT 10) AS first_card_1) AS contract ORDER BY contract.key0 DESC, contract.type DESC, contract.id DESC
 LIMIT 10) AS contract
HAVING true)) AS anon_1
FROM ketu.customer AS customer_1
WHERE (customer_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_1.manager_id = $3::BIGINT OR customer_1.backup_manager_id = $3::BIGINT) AND customer_1.id = $4::BIGINT)) AS data
WHERE (SELECT CASE WHEN (access.number = $5::BIGINT) THEN true ELSE ketu.stale_access() END AS anon_7
FROM ketu.access_version AS access)
