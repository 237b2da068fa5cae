SELECT JSON_OBJECT('customers' VALUE (SELECT JSON_OBJECT('totalCount' VALUE (SELECT CAST(count(*) AS TEXT) AS count_1
FROM ketu.customer AS customer_2
WHERE customer_2.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_2.manager_id = $3::BIGINT OR customer_2.backup_manager_id = $3::BIGINT), 'pageInfo' VALUE JSON_OBJECT('hasNextPage' VALUE count(*) > 50, 'endCursor' VALUE max(translate(encode(convert_to(CAST(json_build_array('466149c4', CAST(CAST(own_customer_1.id AS TEXT) AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'\n', '')) FILTER (WHERE own_customer_1.number = least(own_customer_1.taken, 50))), 'nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE own_customer_1.id, 'id' VALUE 'cus_' || CAST(own_customer_1.id AS TEXT), 'displayName' VALUE coalesce(own_customer_1.name, own_customer_1.customer_no), 'branch' VALUE (SELECT JSON_OBJECT('name' VALUE branch_1.name) AS anon_2
FROM ketu.branch AS branch_1
WHERE branch_1.id = own_customer_1.branch_id), 'accounts' VALUE (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE account_1.holder_ids, 'id' VALUE 'acc_' || CAST(account_1.id AS TEXT), 'balance' VALUE CASE WHEN (account_1.balance IS NOT NULL) THEN JSON_OBJECT('amount' VALUE CAST(account_1.balance AS TEXT), 'currency' VALUE account_1.currency) END, 'product' VALUE (SELECT JSON_OBJECT('name' VALUE product_1.name) AS anon_4
FROM ketu.product AS product_1
WHERE product_1.id = account_1.product_id))), '[]'::json)) AS anon_3
FROM (SELECT account_1.id, account_1.product_id, account_1.currency, account_1.balance, account_1.holder_ids
FROM ketu.account AS account_1
WHERE account_1.id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = own_customer_1.id) ORDER BY account_1.opened_on DESC, account_1.id DESC
 LIMIT 5) AS account_1
HAVING true)) ORDER BY own_customer_1.number ASC) FILTER (WHERE own_customer_1.number <= 50), '[]'::json)) AS anon_1
FROM (SELECT own_customer_1.id, own_customer_1.customer_no, own_customer_1.name, own_customer_1.branch_id, row_number() OVER () AS number, count(*) OVER () AS taken
FROM (SELECT own_customer_1.id, own_customer_1.customer_no, own_customer_1.name, own_customer_1.branch_id
FROM (SELECT customer_1.id AS id, customer_1.created_at AS created_at, customer_1.updated_at AS updated_at, customer_1.version AS version, customer_1.source AS source, customer_1.source_key AS source_key, customer_1.as_of_date AS as_of_date, customer_1.kind AS kind, customer_1.state AS state, customer_1.customer_no AS customer_no, customer_1.name AS name, customer_1.name_sort_key AS name_sort_key, customer_1.name_initials AS name_initials, customer_1.sex AS sex, customer_1.birth_on AS birth_on, customer_1.registered_on AS registered_on, customer_1.joined_on AS joined_on, customer_1.branch_id AS branch_id, customer_1.position AS position, customer_1.manager_id AS manager_id, customer_1.backup_manager_id AS backup_manager_id, customer_1.aum AS aum
FROM ketu.customer AS customer_1
WHERE customer_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_1.manager_id = $3::BIGINT OR customer_1.backup_manager_id = $3::BIGINT
 LIMIT ALL OFFSET 0) AS own_customer_1 ORDER BY own_customer_1.name_sort_key ASC NULLS LAST, own_customer_1.id ASC
 LIMIT 51) AS own_customer_1
 LIMIT 50 + 1) AS own_customer_1
HAVING true)) AS data
WHERE (SELECT CASE WHEN (access.number = $4::BIGINT) THEN true ELSE ketu.stale_access() END AS anon_5
FROM ketu.access_version AS access)
