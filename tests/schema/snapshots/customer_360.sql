SELECT JSON_OBJECT('customer' VALUE (SELECT (SELECT CASE WHEN (customer_1.kind = 'PERSON') THEN JSON_OBJECT('~' VALUE customer_1.id, 'id' VALUE 'cus_' || CAST(customer_1.id AS TEXT), 'displayName' VALUE coalesce(customer_1.name, customer_1.customer_no), 'state' VALUE customer_1.state, 'sex' VALUE customer_1.sex, 'birthOn' VALUE customer_1.birth_on, 'age' VALUE CAST(EXTRACT(year FROM age((SELECT bank.business_date FROM ketu.bank AS bank), customer_1.birth_on)) AS INTEGER), 'branch' VALUE common_of_customer_1.common6, 'manager' VALUE common_of_customer_1.common7, 'identityDocuments' VALUE common_of_customer_1.common8, 'contactPoints' VALUE common_of_customer_1.common9, 'accounts' VALUE common_of_customer_1.common10, 'loans' VALUE common_of_customer_1.common11, 'cards' VALUE common_of_customer_1.common12, 'relations' VALUE common_of_customer_1.common13, 'household' VALUE common_of_customer_1.common14) WHEN (customer_1.kind = 'ORGANISATION') THEN JSON_OBJECT('~' VALUE customer_1.id, 'id' VALUE 'cus_' || CAST(customer_1.id AS TEXT), 'displayName' VALUE coalesce(customer_1.name, customer_1.customer_no), 'state' VALUE customer_1.state, 'registeredOn' VALUE customer_1.registered_on, 'branch' VALUE common_of_customer_1.common6, 'manager' VALUE common_of_customer_1.common7, 'identityDocuments' VALUE common_of_customer_1.common8, 'contactPoints' VALUE common_of_customer_1.common9, 'accounts' VALUE common_of_customer_1.common10, 'loans' VALUE common_of_customer_1.common11, 'cards' VALUE common_of_customer_1.common12, 'relations' VALUE common_of_customer_1.common13, 'household' VALUE common_of_customer_1.common14) END AS anon_2
FROM (SELECT (SELECT JSON_OBJECT('branchNo' VALUE branch_1.branch_no, 'name' VALUE branch_1.name, 'parent' VALUE (SELECT JSON_OBJECT('name' VALUE branch_2.name) AS anon_4
FROM ketu.branch AS branch_2
WHERE branch_2.id = branch_1.parent_id)) AS anon_3
FROM ketu.branch AS branch_1
WHERE branch_1.id = customer_1.branch_id) AS common6, (SELECT JSON_OBJECT('name' VALUE staff_1.name) AS anon_5
FROM ketu.staff AS staff_1
WHERE staff_1.id = customer_1.manager_id AND (staff_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR staff_1.id = $3::BIGINT)) AS common7, (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('type' VALUE identity_document_1.type, 'numberMasked' VALUE identity_document_1.number_masked, 'expiresOn' VALUE identity_document_1.expires_on)), '[]'::json)) AS anon_6
FROM (SELECT identity_document_1.type, identity_document_1.number_masked, identity_document_1.expires_on
FROM ketu.identity_document AS identity_document_1
WHERE identity_document_1.customer_id = customer_1.id ORDER BY identity_document_1.id ASC
 LIMIT 20) AS identity_document_1
HAVING true) AS common8, (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('kind' VALUE contact_point_1.kind, 'valueMasked' VALUE contact_point_1.value_masked, 'district' VALUE contact_point_1.district)), '[]'::json)) AS anon_7
FROM (SELECT contact_point_1.kind, contact_point_1.value_masked, contact_point_1.district
FROM ketu.contact_point AS contact_point_1
WHERE contact_point_1.customer_id = customer_1.id ORDER BY contact_point_1.id ASC
 LIMIT 20) AS contact_point_1
HAVING true) AS common9, (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE account_1.holder_ids, 'id' VALUE 'acc_' || CAST(account_1.id AS TEXT), 'numberMasked' VALUE account_1.number_masked, 'state' VALUE account_1.state, 'balance' VALUE CASE WHEN (account_1.balance IS NOT NULL) THEN JSON_OBJECT('amount' VALUE CAST(account_1.balance AS TEXT), 'currency' VALUE account_1.currency) END, 'product' VALUE (SELECT JSON_OBJECT('name' VALUE product_1.name) AS anon_9
FROM ketu.product AS product_1
WHERE product_1.id = account_1.product_id), 'holders' VALUE (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE account_holder_1.customer_id, 'role' VALUE account_holder_1.role, 'customer' VALUE (SELECT JSON_OBJECT('displayName' VALUE coalesce(customer_2.name, customer_2.customer_no)) AS anon_11
FROM ketu.customer AS customer_2
WHERE customer_2.id = account_holder_1.customer_id))), '[]'::json)) AS anon_10
FROM (SELECT account_holder_1.customer_id, account_holder_1.role
FROM ketu.account_holder AS account_holder_1
WHERE account_holder_1.account_id = account_1.id AND (EXISTS (SELECT 1
FROM ketu.customer AS customer_of_account_holder_1
WHERE customer_of_account_holder_1.id = account_holder_1.customer_id AND (customer_of_account_holder_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_of_account_holder_1.manager_id = $3::BIGINT OR customer_of_account_holder_1.backup_manager_id = $3::BIGINT))) ORDER BY account_holder_1.created_at ASC, account_holder_1.id ASC
 LIMIT 20) AS account_holder_1
HAVING true), 'transactions' VALUE (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('bookedOn' VALUE transaction_1.booked_on, 'direction' VALUE transaction_1.direction, 'amount' VALUE CASE WHEN (transaction_1.amount IS NOT NULL) THEN JSON_OBJECT('amount' VALUE CAST(transaction_1.amount AS TEXT), 'currency' VALUE transaction_1.currency) END)), '[]'::json)) AS anon_12
FROM (SELECT transaction_1.booked_on, transaction_1.direction, transaction_1.amount, transaction_1.currency
FROM ketu.transaction AS transaction_1
WHERE transaction_1.account_id = account_1.id ORDER BY transaction_1.booked_on DESC, transaction_1.id DESC
 LIMIT 5) AS transaction_1
HAVING true), 'standingOrders' VALUE (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('purpose' VALUE standing_order_1.purpose, 'amount' VALUE JSON_OBJECT('amount' VALUE CAST(standing_order_1.amount AS TEXT)))), '[]'::json)) AS anon_13
FROM (SELECT standing_order_1.purpose, standing_order_1.amount, standing_order_1.currency
FROM ketu.standing_order AS standing_order_1
WHERE standing_order_1.account_id = account_1.id ORDER BY standing_order_1.id ASC
 LIMIT 20) AS standing_order_1
HAVING true))), '[]'::json)) AS anon_8
FROM (SELECT account_1.id, account_1.number_masked, account_1.product_id, account_1.state, account_1.currency, account_1.balance, account_1.holder_ids
FROM ketu.account AS account_1
WHERE account_1.id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_1.id) ORDER BY account_1.opened_on DESC, account_1.id DESC
 LIMIT 20) AS account_1
HAVING true) AS common10, (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE (SELECT account_told_of_loan_1.holder_ids
FROM ketu.account AS account_told_of_loan_1
WHERE account_told_of_loan_1.id = loan_1.account_id), 'state' VALUE loan_1.state, 'grantedOn' VALUE loan_1.granted_on, 'amount' VALUE JSON_OBJECT('amount' VALUE CAST(loan_1.amount AS TEXT), 'currency' VALUE loan_1.currency))), '[]'::json)) AS anon_14
FROM (SELECT loan_1.account_id, loan_1.state, loan_1.granted_on, loan_1.amount, loan_1.currency
FROM ketu.loan AS loan_1
WHERE loan_1.account_id IN (SELECT ketu.account_holder.account_id
FROM ketu.account_holder
WHERE ketu.account_holder.customer_id = customer_1.id) ORDER BY loan_1.granted_on DESC, loan_1.id DESC
 LIMIT 20) AS loan_1
HAVING true) AS common11, (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('state' VALUE card_1.state, 'grade' VALUE card_1.grade, 'numberMasked' VALUE card_1.number_masked)), '[]'::json)) AS anon_15
FROM (SELECT card_1.number_masked, card_1.grade, card_1.state
FROM ketu.card AS card_1
WHERE card_1.customer_id = customer_1.id ORDER BY card_1.issued_on DESC, card_1.id DESC
 LIMIT 20) AS card_1
HAVING true) AS common12, (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE json_build_array(relation_1.from_customer_id, relation_1.to_customer_id), 'type' VALUE relation_1.type, 'fromCustomer' VALUE (SELECT JSON_OBJECT('displayName' VALUE coalesce(customer_3.name, customer_3.customer_no)) AS anon_17
FROM ketu.customer AS customer_3
WHERE customer_3.id = relation_1.from_customer_id), 'toCustomer' VALUE (SELECT JSON_OBJECT('displayName' VALUE coalesce(customer_4.name, customer_4.customer_no)) AS anon_18
FROM ketu.customer AS customer_4
WHERE customer_4.id = relation_1.to_customer_id))), '[]'::json)) AS anon_16
FROM (SELECT relation_1.from_customer_id, relation_1.to_customer_id, relation_1.type
FROM ketu.relation AS relation_1
WHERE (relation_1.from_customer_id = customer_1.id OR relation_1.to_customer_id = customer_1.id) AND (EXISTS (SELECT 1
FROM ketu.customer AS customer_of_relation_1
WHERE customer_of_relation_1.id = relation_1.from_customer_id AND (customer_of_relation_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_of_relation_1.manager_id = $3::BIGINT OR customer_of_relation_1.backup_manager_id = $3::BIGINT))) AND (EXISTS (SELECT 1
FROM ketu.customer AS customer_of_relation_1
WHERE customer_of_relation_1.id = relation_1.to_customer_id AND (customer_of_relation_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_of_relation_1.manager_id = $3::BIGINT OR customer_of_relation_1.backup_manager_id = $3::BIGINT))) ORDER BY relation_1.id ASC
 LIMIT 20) AS relation_1
HAVING true) AS common13, (SELECT JSON_OBJECT('~' VALUE (SELECT json_agg(household_member_told_of_household_1.customer_id) AS json_agg_1
FROM ketu.household_member AS household_member_told_of_household_1
WHERE household_member_told_of_household_1.household_id = household_1.id), 'members' VALUE (SELECT JSON_OBJECT('nodes' VALUE coalesce(json_agg(JSON_OBJECT('~' VALUE household_member_1.customer_id, 'role' VALUE household_member_1.role, 'customer' VALUE (SELECT JSON_OBJECT('displayName' VALUE coalesce(customer_5.name, customer_5.customer_no)) AS anon_21
FROM ketu.customer AS customer_5
WHERE customer_5.id = household_member_1.customer_id))), '[]'::json)) AS anon_20
FROM (SELECT household_member_1.customer_id, household_member_1.role
FROM ketu.household_member AS household_member_1
WHERE household_member_1.household_id = household_1.id AND (EXISTS (SELECT 1
FROM ketu.customer AS customer_of_household_member_1
WHERE customer_of_household_member_1.id = household_member_1.customer_id AND (customer_of_household_member_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_of_household_member_1.manager_id = $3::BIGINT OR customer_of_household_member_1.backup_manager_id = $3::BIGINT))) ORDER BY household_member_1.created_at ASC, household_member_1.id ASC
 LIMIT 20) AS household_member_1
HAVING true)) AS anon_19
FROM ketu.household AS household_1
WHERE household_1.id = (SELECT ketu.household_member.household_id
FROM ketu.household_member
WHERE ketu.household_member.customer_id = customer_1.id)) AS common14
 LIMIT ALL OFFSET 0) AS common_of_customer_1) AS anon_1
FROM ketu.customer AS customer_1
WHERE (customer_1.position BETWEEN $1::INTEGER AND $2::INTEGER OR customer_1.manager_id = $3::BIGINT OR customer_1.backup_manager_id = $3::BIGINT) AND customer_1.id = $4::BIGINT)) AS data
WHERE (SELECT CASE WHEN (access.number = $5::BIGINT) THEN true ELSE ketu.stale_access() END AS anon_22
FROM ketu.access_version AS access)
