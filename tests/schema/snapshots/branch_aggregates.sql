SELECT JSON_OBJECT('loans' VALUE JSON_OBJECT('aggregates' VALUE (SELECT coalesce(json_agg(JSON_OBJECT('key' VALUE JSON_OBJECT('branch' VALUE (SELECT JSON_OBJECT('name' VALUE branch_2.name) AS anon_1
FROM ketu.branch AS branch_2
WHERE branch_2.id = loan_2_groups.key0), 'state' VALUE loan_2_groups.key1), 'count' VALUE CAST(loan_2_groups.count AS TEXT), 'amount' VALUE loan_2_groups.amount) ORDER BY loan_2_groups.key0 ASC NULLS LAST, loan_2_groups.key1 ASC NULLS LAST), '[]'::json) AS coalesce_1
FROM (SELECT loan_2_by_currency.key0 AS key0, loan_2_by_currency.key1 AS key1, coalesce(sum(loan_2_by_currency.count), 0) AS count, coalesce(json_agg(JSON_OBJECT('currency' VALUE loan_2_by_currency.currency, 'sum' VALUE CAST(loan_2_by_currency.amount_sum AS TEXT), 'avg' VALUE CAST(round(loan_2_by_currency.amount_sum / CAST(loan_2_by_currency.amount_count AS NUMERIC), 2) AS TEXT)) ORDER BY loan_2_by_currency.currency COLLATE "C") FILTER (WHERE loan_2_by_currency.amount_count > 0), '[]'::json) AS amount
FROM (SELECT loan_2.branch_id AS key0, loan_2.state AS key1, loan_2.currency AS currency, count(*) AS count, min(loan_2.amount) AS amount_min, max(loan_2.amount) AS amount_max, count(loan_2.amount) AS amount_count, sum(loan_2.amount) AS amount_sum
FROM ketu.loan AS loan_2
WHERE EXISTS (SELECT 1
FROM ketu.account_holder AS account_holder_of_loan_2 JOIN ketu.customer AS customer_of_loan_2 ON customer_of_loan_2.id = account_holder_of_loan_2.customer_id
WHERE account_holder_of_loan_2.account_id = loan_2.account_id AND (customer_of_loan_2.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_of_loan_2.manager_id = $3::BIGINT OR customer_of_loan_2.backup_manager_id = $3::BIGINT)) GROUP BY 1, 2, 3) AS loan_2_by_currency GROUP BY loan_2_by_currency.key0, loan_2_by_currency.key1 ORDER BY loan_2_by_currency.key0 ASC NULLS LAST, loan_2_by_currency.key1 ASC NULLS LAST
 LIMIT 100) AS loan_2_groups))) AS data
WHERE (SELECT CASE WHEN (access.number = $4::BIGINT) THEN true ELSE ketu.stale_access() END AS anon_2
FROM ketu.access_version AS access)
