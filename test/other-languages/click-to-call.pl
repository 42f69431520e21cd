# Click to call with what comes with Perl, and the control API. Arguments: the AMI port, the API's address.
use strict;
use warnings;
use HTTP::Tiny;
use IO::Socket::INET;
use JSON::PP;

my ($port, $api) = @ARGV;
my %told = map { $_ => 1 } qw(Newchannel BridgeEnter Hangup);

sub ask {
  my ($method, $path, $body) = @_;
  my $response = HTTP::Tiny->new->request($method, "$api$path", { content => $body ? encode_json($body) : '' });
  die $response->{content} unless $response->{success};
  return decode_json($response->{content});
}

my $socket = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port") or die $@;
$socket->autoflush(1);
$/ = "\r\n";
chomp(my $banner = <$socket>);
die $banner unless $banner =~ m{^Asterisk Call Manager/};

sub act {
  my (@rows) = @_;
  print $socket join("\r\n", @rows, '', '');
}

sub message {
  my %headers;
  while (defined(my $row = <$socket>)) {
    chomp $row;
    return \%headers if $row eq '';
    my ($name, $value) = split /: ?/, $row, 2;
    $headers{$name} //= $value;
  }
  die 'the connection ended';
}

sub response {
  while (1) { my $message = message(); return $message if $message->{Response} }
}

act('Action: Login', 'Username: admin', 'Secret: adminpw');
die 'not let in' unless response()->{Response} eq 'Success';
act('Action: Ping');
print response()->{Ping}, "\n";
act('Action: CoreShowChannels');
my $rows = 0;
while (1) {
  my $event = message()->{Event} // '';
  last if $event eq 'CoreShowChannelsComplete';
  $rows++ if $event eq 'CoreShowChannel';
}
print "$rows channels\n";
act('Action: Originate', 'Channel: PJSIP/1001', 'Context: phones', 'Exten: 1002', 'Priority: 1', 'Async: true');
print response()->{Message}, "\n";
my @names;
while (2 > grep { $_ eq 'Hangup' } @names) {
  my $event = message();
  my $name = $event->{Event} // next;
  next unless $told{$name};
  push @names, $name;
  act('Action: Hangup', "Channel: $event->{Channel}") if $name eq 'BridgeEnter' and 2 == grep { $_ eq 'BridgeEnter' } @names;
}
print "@names\n";
my $entry = ask('POST', '/v1/journal/wait', { action => 'Originate', headers => { Exten => '1002' } });
print "$entry->{user} $entry->{answer}{response}\n";
ask('POST', '/v1/steps', { steps => ['1001 dials 1002', 'wait until 1002 is up', '1001 holds', 'wait until 1002 is held'] });
print ask('GET', '/v1/phones/1002')->{lamp}, "\n";
