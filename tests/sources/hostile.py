"""Addresses that must not be asked, whatever leads there; somebody listens on `{port}`."""

HOSTILE = """
http://127.0.0.1/ http://127.0.0.1:{port}/ http://127.1/ http://127.8.9.10:{port}/
http://2130706433:{port}/ http://0x7f000001/ http://0x7f.1/ http://0177.0.0.1/ http://017700000001/
http://0/ http://0.0.0.0:{port}/ http://[::]/ http://[::1]/ http://[::1]:{port}/
http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]/
http://[::127.0.0.1]/ http://[64:ff9b::7f00:1]/ http://[64:ff9b::a9fe:a9fe]/ http://[2002:7f00:1::]/
http://[2002:c0a8:101::1]/ http://[2001:0:7f00:1::]/ http://10.0.0.1/ http://172.16.0.1/
http://172.31.255.255/ http://192.168.1.1/ http://169.254.169.254/latest/meta-data/
http://[::ffff:169.254.169.254]/ http://2852039166/ http://0xA9FEA9FE/ http://169.254.169.254./
http://[fe80::1]/ http://[fd00:ec2::254]/ http://[fc00::1]/ http://[fec0::1]/ http://[ff02::1]/
http://100.64.0.1/ http://100.100.100.200/ http://168.63.129.16/ http://192.0.0.192/
http://198.18.0.1/ http://192.0.2.1/ http://224.0.0.1/ http://240.0.0.1/ http://255.255.255.255/
http://①②⑦.⓪.⓪.①/ http://１２７.0.0.1:{port}/ http://127。0。0。1/
http://user@127.0.0.1:{port}/ http://news.example@10.0.0.1/ http://:x@127.0.0.1/
http://news.example:22/ http://news.example:25/ http://news.example:0/ http://news.example:99999/
http://127.0.0.1:6379/
file:///etc/passwd ftp://news.example/ gopher://127.0.0.1:{port}/_x data:text/xml,<rss/>
//127.0.0.1/ javascript:alert(1) unix:/run/docker.sock http:///x http:// rsshub://x http://[::1 http://a..b/
http://[fe80::1%25eth0]/ http://127.0.0.1\\@news.example/ http://127.0.0.1%00.news.example/
""".split()

NOWHERE = ("http://", "http:///x")  # as a redirect: the same host once more

INSIDE = """127.0.0.1 10.1.2.3 172.20.0.1 192.168.0.10 169.254.169.254 0.0.0.0 100.64.1.1
224.0.0.251 168.63.129.16 ::1 :: fe80::1 fd12::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::a00:1
2002:a00:1:: fec0::1 2001:db8::1 ::10.0.0.1 nonsense""".split()
