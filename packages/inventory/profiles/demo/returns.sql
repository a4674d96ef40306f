select sites.site, coalesce(sum(lines.restocked), 0) as units_returned
from warehouse.sites
left join (warehouse.returns join warehouse.return_lines lines using (return_id)) using (site)
group by sites.site
