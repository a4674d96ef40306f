-- Every site from the start: a counter that appears with its first event hides that event from rate().
select site from warehouse.sites
