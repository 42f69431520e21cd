"""Uses the control API as a test suite in Python would. Arguments: the API's URL, the AMI port."""
import json
import socket
import sys
import urllib.request

api, ami_port = sys.argv[1], int(sys.argv[2])


def ask(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(api + path, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def ami():
    return socket.create_connection(("127.0.0.1", ami_port), timeout=10)


ask("POST", "/v1/plays", {"yaml": "scenario: call\nsteps: [1001 dials 1002, wait 1s, 1002 answers]"})
ask("GET", "/v1/plays/1?withinMs=10000")
ask("POST", "/v1/phones/1001/press", {"do": "hold"})
ask("POST", "/v1/events/wait", {"name": "MusicOnHoldStart"})
print(ask("GET", "/v1/phones/1002")["lamp"])

client = ami()
client.sendall(b"Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\n\r\nAction: Ping\r\n\r\n")
entry = ask("POST", "/v1/journal/wait", {"action": "Ping"})
print(entry["action"], "by", entry["user"] + ":", entry["answer"]["response"])

ask("PUT", "/v1/faults/refuse-connections", {"values": {"how": "closed"}})
print("refused" if ami().recv(1) == b"" else "let in")
ask("DELETE", "/v1/faults")

ask("POST", "/v1/steps", {"steps": ["1001 hangs up"]})
print("idle" if ask("POST", "/v1/clock/run-until-idle", {})["idle"] else "busy")
