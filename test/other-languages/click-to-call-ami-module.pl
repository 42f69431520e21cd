# Click to call with Telephony::Asterisk::AMI. Argument: the AMI port. Prints answers, then the names of the call's events.
use strict;
use warnings;
use Telephony::Asterisk::AMI;

my %told = map { $_ => 1 } qw(Newchannel BridgeEnter Hangup);
my @names;
my $rows = 0;

sub on_event {
  my ($event) = @_;
  my $name = $event->{Event} or return;
  $rows++ if $name eq 'CoreShowChannel';
  push @names, $name if $told{$name};
}

my $ami = Telephony::Asterisk::AMI->new(
  Port => $ARGV[0], Username => 'admin', Secret => 'adminpw', Event_Callback => \&on_event, Host => '127.0.0.1');
$ami->connect or die $ami->error;
print $ami->action(Action => 'Ping')->{Ping}, "\n";
$ami->action(Action => 'CoreShowChannels');
my $event = $ami->read_response;
while (($event->{Event} // '') ne 'CoreShowChannelsComplete') { on_event($event); $event = $ami->read_response }
print "$rows channels\n";
print $ami->action(Action => 'Originate', Channel => 'PJSIP/1001', Context => 'phones', Exten => 1002, Priority => 1,
  Async => 'true')->{Message}, "\n";
while (2 > grep { $_ eq 'BridgeEnter' } @names) { $event = $ami->read_response; on_event($event) }
$ami->action(Action => 'Hangup', Channel => $event->{Channel});
on_event($ami->read_response) while 2 > grep { $_ eq 'Hangup' } @names;
print "@names\n";
$ami->disconnect or die $ami->error;
