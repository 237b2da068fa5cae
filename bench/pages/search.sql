-- Customers found by what somebody typed, as somebody would write it by hand.
-- $1 the text, $2 and $3 first and last position the reader reaches, $4 first letters that it may stand for and $5 the
-- pattern of pinyin that begins so, both null unless it is letters alone, $6 whether it has a digit, $7 two characters
WITH typed AS (SELECT ketu.search_key($1::text) COLLATE "C" AS key, ketu.search_key($1::text) COLLATE "C" || chr(1114111) AS last),
found AS (
  (SELECT id, CASE WHEN ketu.search_key(customer_no) COLLATE "C" = (SELECT key FROM typed) THEN 4 ELSE 6 END AS match,
    ketu.search_key(customer_no) COLLATE "C" AS key
  FROM ketu.customer WHERE $6::bool AND position BETWEEN $2 AND $3
    AND ketu.search_key(customer_no) COLLATE "C" >= (SELECT key FROM typed)
    AND ketu.search_key(customer_no) COLLATE "C" < (SELECT last FROM typed)
  ORDER BY ketu.search_key(customer_no) COLLATE "C", id LIMIT 11)
  UNION ALL
  (SELECT id, CASE WHEN ketu.search_key(name) COLLATE "C" = (SELECT key FROM typed) THEN 5 ELSE 7 END,
    ketu.search_key(name) COLLATE "C"
  FROM ketu.customer WHERE position BETWEEN $2 AND $3
    AND ketu.search_key(name) COLLATE "C" >= (SELECT key FROM typed)
    AND ketu.search_key(name) COLLATE "C" < (SELECT last FROM typed)
  ORDER BY ketu.search_key(name) COLLATE "C", id LIMIT 11)
  UNION ALL
  (SELECT id, 8, ketu.search_key(name_sort_key) COLLATE "C"
  FROM ketu.customer WHERE $5::text IS NOT NULL AND position BETWEEN $2 AND $3
    AND ketu.search_key(name_sort_key) COLLATE "C" >= (SELECT key FROM typed)
    AND ketu.search_key(name_sort_key) COLLATE "C" < (SELECT last FROM typed)
  ORDER BY ketu.search_key(name_sort_key) COLLATE "C", id LIMIT 11)
  UNION ALL
  (SELECT spelled.* FROM unnest($4::text[]) AS begun (letters), LATERAL (
    SELECT id, 13, name_initials FROM ketu.customer
    WHERE $7::bool AND position BETWEEN $2 AND $3
      AND name_initials >= begun.letters AND name_initials < begun.letters || chr(1114111)
      AND regexp_like(name_sort_key, $5)
    ORDER BY name_initials, id LIMIT 11) AS spelled)
  UNION ALL
  (SELECT customer.id, 15, part.part
  FROM ketu.customer_name_part AS part JOIN ketu.customer ON customer.id = part.customer_id
  WHERE $7::bool AND customer.position BETWEEN $2 AND $3
    AND part.part >= (SELECT key FROM typed) AND part.part < (SELECT last FROM typed)
    AND strpos(ketu.search_key(customer.name), (SELECT key FROM typed)) >= part.place
  ORDER BY part.part, customer.id LIMIT 11)
), best AS (
  SELECT * FROM (SELECT DISTINCT ON (id) * FROM found ORDER BY id, match, key) AS once ORDER BY match, key, id LIMIT 11
), numbered AS (
  SELECT *, row_number() OVER (ORDER BY match, key, id) AS number FROM best
)
SELECT json_build_object('search', json_build_object(
  'hasMore', (SELECT count(*) > 10 FROM best),
  'hits', (
    SELECT coalesce(json_agg(json_build_object(
      'matchedOn', CASE hit.match
        WHEN 4 THEN 'NUMBER' WHEN 5 THEN 'NAME' WHEN 6 THEN 'NUMBER_START' WHEN 7 THEN 'NAME_START' WHEN 8 THEN 'PINYIN'
        WHEN 13 THEN 'INITIALS' ELSE 'NAME_PART' END,
      'node', json_build_object(
        'id', 'cus_' || customer.id,
        'customerNo', customer.customer_no,
        'name', customer.name,
        'branch', (SELECT json_build_object('name', branch.name)
          FROM ketu.branch WHERE branch.id = customer.branch_id)))
      ORDER BY hit.number), '[]')
    FROM numbered AS hit JOIN ketu.customer ON customer.id = hit.id WHERE hit.number <= 10)
)) AS data
