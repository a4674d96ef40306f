-- Vendure puts units into stock again with a CANCELLATION. It is a return where units of an order were cancelled (the entry
-- in the order's history that follows says so) that had left; when a whole parcel is cancelled its units are allocated
-- anew. A line that was taken from two locations has a CANCELLATION for each of them, at the same time and each with the
-- whole quantity: one of them counts.
select
  movement.id as movement_id,
  movement."createdAt" as happened_at,
  location.name as site,
  case
    when (
      select step.type
      from history_entry step
      where step."orderId" = orders.id
        and step."createdAt" >= movement."createdAt"
        and step.type in ('ORDER_CANCELLATION', 'ORDER_FULFILLMENT_TRANSITION')
      order by step."createdAt" limit 1
    ) = 'ORDER_CANCELLATION'
    then least(movement.quantity, (
      select coalesce(sum(parcel.quantity), 0)
      from order_line_reference parcel
      where parcel."orderLineId" = line.id and exists (
        select 1 from history_entry step
        where step."orderId" = orders.id
          and step.type = 'ORDER_FULFILLMENT_TRANSITION'
          and parcel."fulfillmentId"::text = step.data::json ->> 'fulfillmentId'
          and step.data::json ->> 'to' in ('Shipped', 'Delivered')
          and step."createdAt" < movement."createdAt"
      )
    ))
    else 0
  end as units
from stock_movement movement
join order_line line on line.id = movement."orderLineId"
join "order" orders on orders.id = line."orderId"
join stock_location location on location.id = coalesce(
  (select taken."stockLocationId"
    from stock_movement taken
    where taken."orderLineId" = line.id and taken.type = 'ALLOCATION'
    order by taken."createdAt", taken.id limit 1),
  (select near."stockLocationId"
    from order_channels_channel sold
    join stock_location_channels_channel near on near."channelId" = sold."channelId"
    join channel on channel.id = sold."channelId"
    where sold."orderId" = orders.id
    order by channel.code = '__default_channel__', near."stockLocationId" limit 1)
)
where movement.type = 'CANCELLATION'
  and orders.type <> 'Aggregate'
  and not exists (
    select 1 from stock_movement twin
    where twin."orderLineId" = movement."orderLineId"
      and twin.type = 'CANCELLATION'
      and twin."createdAt" = movement."createdAt"
      and twin.id < movement.id
  )
