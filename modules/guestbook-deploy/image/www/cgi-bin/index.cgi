#!/bin/sh
# The page of the guest book: takes up an entry, and shows the newest. Entries are kept as HTML that is nothing but text.
# The database is the host in DATABASE; its password is in REDISCLI_AUTH.
set -eu

database() { valkey-cli -e -h "$DATABASE" "$@"; }

if [ "$REQUEST_METHOD" = POST ]; then
    sent=$(head -c 2000 | sed -n 's/^entry=//p')
    entry=$(httpd -d "$sent" | tr -s '[:cntrl:]' ' ' | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g')
    if [ -n "$entry" ]; then printf '%s' "$entry" | database -x LPUSH entries >/dev/null; fi
    printf 'Status: 303 See Other\r\nLocation: /\r\n\r\n'
    exit
fi

entries=$(database LRANGE entries 0 99)
printf 'Content-Type: text/html; charset=utf-8\r\n\r\n'
cat <<END
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Guest book</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/style.css">
</head>
<body>
  <main>
    <h1>Guest book</h1>
    <form method="post" action="/cgi-bin/index.cgi">
      <input name="entry" maxlength="200" required autofocus aria-label="Your words">
      <button>Write</button>
    </form>
    <ul>
$(printf '%s' "$entries" | sed '/./!d; s|.*|      <li>&</li>|')
    </ul>
  </main>
</body>
</html>
END
