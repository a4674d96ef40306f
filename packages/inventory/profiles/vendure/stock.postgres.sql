-- Variants whose stock Vendure tracks, and that are not deleted. What is allocated beyond the units on hand is backordered.
select
  location.name as site,
  count(level.id) as skus,
  count(level.id) filter (where level."stockOnHand" - level."stockAllocated" <= 0) as skus_out_of_stock,
  coalesce(sum(level."stockOnHand"), 0) as on_hand_units,
  coalesce(sum(least(level."stockAllocated", greatest(level."stockOnHand", 0))), 0) as allocated_units,
  coalesce(sum(greatest(level."stockAllocated" - greatest(level."stockOnHand", 0), 0)), 0) as backordered_units
from stock_location location
left join (
  select stock_level.*
  from stock_level
  join product_variant variant on variant.id = stock_level."productVariantId"
  where variant."deletedAt" is null
    and (variant."trackInventory" = 'TRUE'
      or variant."trackInventory" = 'INHERIT' and (select "trackInventory" from global_settings limit 1))
) level on level."stockLocationId" = location.id
group by location.name
