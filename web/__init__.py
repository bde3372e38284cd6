"""Pages and JSON: parse, call one application method, render; decides nothing."""
