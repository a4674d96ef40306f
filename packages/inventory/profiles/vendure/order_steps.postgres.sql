-- Orders that were cancelled or done. One is done when it first becomes Shipped or Delivered; the cycle ends when the last parcel left,
-- as an order of which a part was delivered before the last one left never becomes Shipped.
select
  step.id as step_id,
  step."createdAt" as happened_at,
  location.name as site,
  case when step.data::json ->> 'to' = 'Cancelled' then 1 else 0 end as cancelled,
  case
    when step.data::json ->> 'to' in ('Shipped', 'Delivered') and not exists (
      select 1 from history_entry done
      where done."orderId" = orders.id
        and done.type = 'ORDER_STATE_TRANSITION'
        and done.data::json ->> 'to' in ('Shipped', 'Delivered')
        and (done."createdAt" < step."createdAt" or done."createdAt" = step."createdAt" and done.id < step.id)
    )
    then extract(epoch from (
        select max(parcel."createdAt")
        from history_entry parcel
        where parcel."orderId" = orders.id
          and parcel.type = 'ORDER_FULFILLMENT_TRANSITION'
          and (parcel.data::json ->> 'to' = 'Shipped'
            or parcel.data::json ->> 'to' = 'Delivered' and parcel.data::json ->> 'from' <> 'Shipped')
          and parcel."createdAt" <= step."createdAt"
      ) - orders."orderPlacedAt")
  end as cycle_seconds
from history_entry step
join "order" orders on orders.id = step."orderId"
join stock_location location on location.id = coalesce(
  (select movement."stockLocationId"
    from order_line line
    join stock_movement movement on movement."orderLineId" = line.id and movement.type = 'ALLOCATION'
    where line."orderId" = orders.id
    order by movement."createdAt", movement.id limit 1),
  (select near."stockLocationId"
    from order_channels_channel sold
    join stock_location_channels_channel near on near."channelId" = sold."channelId"
    join channel on channel.id = sold."channelId"
    where sold."orderId" = orders.id
    order by channel.code = '__default_channel__', near."stockLocationId" limit 1)
)
where step.type = 'ORDER_STATE_TRANSITION'
  and step.data::json ->> 'to' in ('Shipped', 'Delivered', 'Cancelled')
  and orders."orderPlacedAt" is not null
  and orders.type <> 'Aggregate'
