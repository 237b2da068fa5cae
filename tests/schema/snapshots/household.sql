SELECT JSON_OBJECT('customer' VALUE (SELECT JSON_OBJECT('~' VALUE customer_1.id, 'household' VALUE (SELECT JSON_OBJECT('~' VALUE (SELECT json_agg(household_member_told_of_household_1.customer_id) AS json_agg_1
FROM ketu.household_member AS household_member_told_of_household_1
WHERE household_member_told_of_household_1.household_id = household_1.id), 'confidenceRatio' VALUE CAST(household_1.confidence_ratio AS TEXT), 'members' VALUE (SELECT JSON_OBJECT('totalCount' VALUE (SELECT CAST(count(*) AS TEXT) AS count_1
FROM ketu.household_member AS household_member_2
WHERE household_member_2.household_id = household_1.id AND (EXISTS (SELECT 1
FROM ketu.customer AS customer_of_household_member_2
WHERE customer_of_household_member_2.id = household_member_2.customer_id AND (customer_of_household_member_2.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_of_household_member_2.manager_id = $3::BIGINT OR customer_of_household_member_2.backup_manager_id = $3::BIGINT)))), 'nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE household_member_1.customer_id, 'role' VALUE household_member_1.role, 'customer' VALUE (SELECT JSON_OBJECT('displayName' VALUE coalesce(customer_2.name, customer_2.customer_no), 'accounts' VALUE JSON_OBJECT('aggregates' VALUE (SELECT coalesce(json_agg(JSON_OBJECT('balance' VALUE account_2_groups.balance)), '[]'::json) AS coalesce_1
FROM (SELECT coalesce(sum(account_2_by_currency.count), 0) AS count, coalesce(json_agg(JSON_OBJECT('currency' VALUE account_2_by_currency.currency, 'sum' VALUE CAST(account_2_by_currency.balance_sum AS TEXT)) ORDER BY account_2_by_currency.currency COLLATE "C") FILTER (WHERE account_2_by_currency.balance_count > 0), '[]'::json) AS balance
FROM (SELECT account_2.currency AS currency, count(*) AS count, min(account_2.balance) AS balance_min, max(account_2.balance) AS balance_max, count(account_2.balance) AS balance_count, sum(account_2.balance) AS balance_sum
FROM ketu.account AS account_2
WHERE account_2.id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_2.id) GROUP BY 1) AS account_2_by_currency) AS account_2_groups))) AS anon_4
FROM ketu.customer AS customer_2
WHERE customer_2.id = household_member_1.customer_id))), '[]'::json)) AS anon_3
FROM (SELECT household_member_1.customer_id, household_member_1.role
FROM ketu.household_member AS household_member_1
WHERE household_member_1.household_id = household_1.id AND (EXISTS (SELECT 1
FROM ketu.customer AS customer_of_household_member_1
WHERE customer_of_household_member_1.id = household_member_1.customer_id AND (customer_of_household_member_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_of_household_member_1.manager_id = $3::BIGINT OR customer_of_household_member_1.backup_manager_id = $3::BIGINT))) ORDER BY household_member_1.created_at ASC, household_member_1.id ASC
 LIMIT 20) AS household_member_1
HAVING true)) AS anon_2
FROM ketu.household AS household_1
WHERE household_1.id = (SELECT ketu.household_member.household_id
FROM ketu.household_member
WHERE ketu.household_member.customer_id = customer_1.id))) AS anon_1
FROM ketu.customer AS customer_1
WHERE (customer_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_1.manager_id = $3::BIGINT OR customer_1.backup_manager_id = $3::BIGINT) AND customer_1.id = $4::BIGINT)) AS data
WHERE (SELECT CASE WHEN (access.number = $5::BIGINT) THEN true ELSE ketu.stale_access() END AS anon_5
FROM ketu.access_version AS access)
