"""Item types, one file each: what their YAML looks like and how one is asked, read, marked and revealed."""
