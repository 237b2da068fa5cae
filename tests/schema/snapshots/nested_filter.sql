SELECT JSON_OBJECT('customers' VALUE (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE customer_1.id, 'displayName' VALUE coalesce(customer_1.name, customer_1.customer_no), 'loans' VALUE (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE (SELECT account_told_of_loan_2.holder_ids
FROM ketu.account AS account_told_of_loan_2
WHERE account_told_of_loan_2.id = loan_2.account_id), 'state' VALUE loan_2.state, 'amount' VALUE JSON_OBJECT('amount' VALUE CAST(loan_2.amount AS TEXT), 'currency' VALUE loan_2.currency))), '[]'::json)) AS anon_2
FROM (SELECT loan_2.account_id, loan_2.state, loan_2.amount, loan_2.currency
FROM ketu.loan AS loan_2
WHERE loan_2.account_id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_1.id) ORDER BY loan_2.granted_on DESC, loan_2.id DESC
 LIMIT 20) AS loan_2
HAVING true))), '[]'::json)) AS anon_1
FROM (SELECT customer_1.id, customer_1.customer_no, customer_1.name
FROM ketu.customer AS customer_1
WHERE (customer_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_1.manager_id = $3::BIGINT OR customer_1.backup_manager_id = $3::BIGINT) AND (EXISTS (SELECT 1
FROM ketu.account AS account_1
WHERE account_1.id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_1.id) AND (EXISTS (SELECT 1
FROM ketu.loan AS loan_1
WHERE loan_1.account_id = account_1.id AND loan_1.state = $4::VARCHAR)) AND (EXISTS (SELECT 1
FROM ketu.account_holder AS account_holder_1
WHERE account_holder_1.account_id = account_1.id AND (EXISTS (SELECT 1
FROM ketu.customer AS customer_of_account_holder_1
WHERE customer_of_account_holder_1.id = account_holder_1.customer_id AND (customer_of_account_holder_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_of_account_holder_1.manager_id = $3::BIGINT OR customer_of_account_holder_1.backup_manager_id = $3::BIGINT))) AND account_holder_1.role = $5::VARCHAR)))) ORDER BY customer_1.id ASC
 LIMIT 20) AS customer_1
HAVING true)) AS data
WHERE (SELECT CASE WHEN (access.number = $6::BIGINT) THEN true ELSE ketu.stale_access() END AS anon_3
FROM ketu.access_version AS access)
