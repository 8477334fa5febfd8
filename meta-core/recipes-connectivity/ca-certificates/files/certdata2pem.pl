#!/usr/bin/perl
# certdata2pem.pl certdata.txt: prints, as PEM, the certificates that Mozilla trusts to identify servers.
use strict;
use warnings;
use MIME::Base64;

# An object is a certificate or what is thought of one; issuer and serial number connect the two.
my @objects;
while (my $line = <>) {
    if ($line =~ /^CKA_CLASS \S+ (\S+)/) {
        push @objects, { class => $1 };
    } elsif ($line =~ /^(CKA_\w+) MULTILINE_OCTAL/) {
        my ($name, $value) = ($1, '');
        while (($line = <>) !~ /^END/) {
            $value .= chr oct $1 while $line =~ /\\([0-7]{3})/g;
        }
        $objects[-1]{$name} = $value;
    } elsif ($line =~ /^(CKA_\w+) \S+ (.+)/) {
        $objects[-1]{$1} = $2;
    }
}

sub identity { $_[0]{CKA_ISSUER} . "\0" . $_[0]{CKA_SERIAL_NUMBER} }

my %trusted = map { identity($_) => 1 }
    grep { $_->{class} eq 'CKO_NSS_TRUST' && $_->{CKA_TRUST_SERVER_AUTH} eq 'CKT_NSS_TRUSTED_DELEGATOR' } @objects;

for my $certificate (grep { $_->{class} eq 'CKO_CERTIFICATE' && $trusted{identity($_)} } @objects) {
    my $text = encode_base64($certificate->{CKA_VALUE}, '');
    $text =~ s/(.{1,64})/$1\n/g;
    print "# $certificate->{CKA_LABEL}\n-----BEGIN CERTIFICATE-----\n$text-----END CERTIFICATE-----\n";
}
