<?php
// Click to call with what comes with PHP, and the control API. Arguments: the AMI port, the API's address.
[, $port, $api] = $argv;
const TOLD = ['Newchannel', 'BridgeEnter', 'Hangup'];

function ask(string $method, string $path, ?array $body = null): array {
    global $api;
    $http = ['method' => $method, 'content' => $body === null ? '' : json_encode((object) $body), 'ignore_errors' => true];
    return json_decode(file_get_contents("$api$path", false, stream_context_create(['http' => $http])), true);
}

$socket = stream_socket_client("tcp://127.0.0.1:$port", $number, $error, 5) or exit($error);
stream_set_timeout($socket, 10);
str_starts_with(fgets($socket), 'Asterisk Call Manager/') or exit('no AMI');

function act(string ...$rows): void {
    global $socket;
    fwrite($socket, implode("\r\n", [...$rows, '', '']));
}

function message(): array {
    global $socket;
    $headers = [];
    while (($row = fgets($socket)) !== false) {
        $row = rtrim($row, "\r\n");
        if ($row === '') return $headers;
        [$name, $value] = explode(':', $row, 2) + [1 => ''];
        $headers[$name] ??= ltrim($value);
    }
    exit('the connection ended');
}

function response(): array {
    do $message = message(); while (!isset($message['Response']));
    return $message;
}

act('Action: Login', 'Username: admin', 'Secret: adminpw');
response()['Response'] === 'Success' or exit('not let in');
act('Action: Ping');
echo response()['Ping'], "\n";
act('Action: CoreShowChannels');
$rows = 0;
while (($event = message()['Event'] ?? '') !== 'CoreShowChannelsComplete') if ($event === 'CoreShowChannel') $rows++;
echo "$rows channels\n";
act('Action: Originate', 'Channel: PJSIP/1001', 'Context: phones', 'Exten: 1002', 'Priority: 1', 'Async: true');
echo response()['Message'], "\n";
$names = [];
while (count(array_keys($names, 'Hangup')) < 2) {
    $event = message();
    $name = $event['Event'] ?? '';
    if (!in_array($name, TOLD)) continue;
    $names[] = $name;
    if ($name === 'BridgeEnter' && count(array_keys($names, 'BridgeEnter')) === 2) act('Action: Hangup', "Channel: {$event['Channel']}");
}
echo implode(' ', $names), "\n";
$entry = ask('POST', '/v1/journal/wait', ['action' => 'Originate', 'headers' => ['Exten' => '1002']]);
echo "{$entry['user']} {$entry['answer']['response']}\n";
ask('POST', '/v1/steps', ['steps' => ['1001 dials 1002', 'wait until 1002 is up', '1001 holds', 'wait until 1002 is held']]);
echo ask('GET', '/v1/phones/1002')['lamp'], "\n";
