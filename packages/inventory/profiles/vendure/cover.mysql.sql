-- Units on hand over the units ordered per second in the last four weeks, or since the first order if that is later, of
-- variants whose stock is tracked. NULL with less than a week of orders, and where nothing was ordered.
with period as (
  select
    utc_timestamp(6) as now_at,
    greatest(utc_timestamp(6) - interval 28 day, (select min(orderPlacedAt) from `order`)) as since
),
tracked as (
  select variant.id
  from product_variant variant
  where variant.deletedAt is null
    and (variant.trackInventory = 'TRUE'
      or variant.trackInventory = 'INHERIT' and (select trackInventory from global_settings limit 1))
),
ordered as (
  select
    line.orderPlacedQuantity as units,
    (select movement.stockLocationId
      from stock_movement movement
      where movement.orderLineId = line.id and movement.type = 'ALLOCATION'
      order by movement.createdAt, movement.id limit 1) as location_id
  from period
  join `order` orders on orders.orderPlacedAt > period.since and orders.type <> 'Aggregate'
  join order_line line on line.orderId = orders.id
  join tracked on tracked.id = line.productVariantId
),
demand as (
  select location_id, sum(units) as units from ordered group by location_id
),
on_hand as (
  select level.stockLocationId, sum(level.stockOnHand) as units
  from stock_level level
  join tracked on tracked.id = level.productVariantId
  group by level.stockLocationId
)
select
  location.name as site,
  case
    when timestampdiff(day, max(period.since), max(period.now_at)) >= 7
    then sum(on_hand.units) * timestampdiff(microsecond, max(period.since), max(period.now_at)) / 1000000
      / nullif(sum(demand.units), 0)
  end as cover_seconds
from stock_location location
cross join period
join on_hand on on_hand.stockLocationId = location.id
left join demand on demand.location_id = location.id
group by location.name
