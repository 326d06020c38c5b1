#!/bin/sh
# An inn with a door and a kitchen behind it, by the stock AWS CLI: see README.md.
set -eu

# What has been made, for `visit` and `down`.
state=${INN_STATE:-./inn.state}
key=$state.pem
image=resolve:ssm:/aws/service/alacarte/tiny

main() {
  case ${1:-} in
    up) up ;;
    visit) visit ;;
    down) down ;;
    *) echo "usage: $0 up | visit | down" >&2; exit 2 ;;
  esac
}

# ask <query> <service> <operation> …: one value of the answer
ask() {
  query=$1
  shift
  aws "$@" --query "$query" --output text
}

# keep <name> <value>: for the steps that follow, and for later
keep() {
  eval "$1=\$2"
  echo "$1=$2" >> "$state"
  echo "$1 $2"
}

named() {
  echo "ResourceType=$1,Tags=[{Key=Name,Value=$2}]"
}

up() {
  if [ -s "$state" ]; then echo "$state says that it is up: take it down first." >&2; exit 1; fi
  zone=$(ask 'AvailabilityZones[0].ZoneName' ec2 describe-availability-zones)
  network
  gateways
  groups
  machines
}

network() {
  keep vpc "$(ask Vpc.VpcId ec2 create-vpc --cidr-block 10.0.0.0/16 \
    --tag-specifications "$(named vpc inn)")"
  aws ec2 wait vpc-available --vpc-ids "$vpc"
  aws ec2 modify-vpc-attribute --vpc-id "$vpc" --enable-dns-hostnames
  keep public_subnet "$(subnet 10.0.1.0/24 public)"
  keep private_subnet "$(subnet 10.0.2.0/24 private)"
}

subnet() {
  ask Subnet.SubnetId ec2 create-subnet --vpc-id "$vpc" --cidr-block "$1" \
    --availability-zone "$zone" --tag-specifications "$(named subnet "$2")"
}

gateways() {
  keep internet_gateway "$(ask InternetGateway.InternetGatewayId ec2 create-internet-gateway)"
  aws ec2 attach-internet-gateway --vpc-id "$vpc" --internet-gateway-id "$internet_gateway"
  keep public_table "$(table_of "$public_subnet" --gateway-id "$internet_gateway")"

  keep nat_address "$(ask AllocationId ec2 allocate-address --domain vpc)"
  keep nat_gateway "$(ask NatGateway.NatGatewayId ec2 create-nat-gateway \
    --subnet-id "$public_subnet" --allocation-id "$nat_address")"
  aws ec2 wait nat-gateway-available --nat-gateway-ids "$nat_gateway"
  keep private_table "$(table_of "$private_subnet" --nat-gateway-id "$nat_gateway")"
}

# table_of <subnet> <way to everywhere>: its own route table
table_of() {
  table=$(ask RouteTable.RouteTableId ec2 create-route-table --vpc-id "$vpc")
  aws ec2 associate-route-table --subnet-id "$1" --route-table-id "$table" > /dev/null
  shift
  aws ec2 create-route --route-table-id "$table" --destination-cidr-block 0.0.0.0/0 "$@" > /dev/null
  echo "$table"
}

groups() {
  keep door_group "$(group door 'SSH from everywhere')"
  aws ec2 authorize-security-group-ingress --group-id "$door_group" \
    --protocol tcp --port 22 --cidr 0.0.0.0/0 > /dev/null
  keep kitchen_group "$(group kitchen 'SSH from the door')"
  aws ec2 authorize-security-group-ingress --group-id "$kitchen_group" \
    --protocol tcp --port 22 --source-group "$door_group" > /dev/null
}

group() {
  ask GroupId ec2 create-security-group --vpc-id "$vpc" --group-name "$1" --description "$2"
}

machines() {
  keep key_pair "inn-$vpc"
  ask KeyMaterial ec2 create-key-pair --key-name "$key_pair" --key-type ed25519 > "$key"
  chmod 600 "$key"
  keep door "$(launch door "$public_subnet" "$door_group")"
  keep kitchen "$(launch kitchen "$private_subnet" "$kitchen_group")"
  aws ec2 wait instance-running --instance-ids "$door" "$kitchen"
  keep kitchen_address "$(ask 'Reservations[0].Instances[0].PrivateIpAddress' \
    ec2 describe-instances --instance-ids "$kitchen")"

  keep door_allocation "$(ask AllocationId ec2 allocate-address --domain vpc)"
  aws ec2 associate-address --instance-id "$door" --allocation-id "$door_allocation" > /dev/null
  keep address "$(ask 'Addresses[0].PublicIp' ec2 describe-addresses --allocation-ids "$door_allocation")"

  # Machines in namespaces take no volumes beside their root.
  if [ "${INN_VOLUME:-yes}" = no ]; then return; fi
  keep volume "$(ask VolumeId ec2 create-volume --size 1 --volume-type gp3 \
    --availability-zone "$zone" --tag-specifications "$(named volume cellar)")"
  aws ec2 wait volume-available --volume-ids "$volume"
  aws ec2 attach-volume --volume-id "$volume" --instance-id "$door" --device /dev/sdf > /dev/null
  aws ec2 wait volume-in-use --volume-ids "$volume"
}

launch() {
  greeting=$(printf '#!/bin/sh\necho "This is the %s." > /etc/greeting\n' "$1")
  ask 'Instances[0].InstanceId' ec2 run-instances --image-id "$image" --instance-type t3.micro \
    --key-name "$key_pair" --subnet-id "$2" --security-group-ids "$3" --user-data "$greeting" \
    --tag-specifications "$(named instance "$1")"
}

# In by the elastic IP, and on to the machine that has no public address.
visit() {
  . "$state"
  lenient='-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BatchMode=yes -o LogLevel=ERROR'
  through="ssh $lenient -i $key -W %h:%p ec2-user@$address"
  look='until [ -s /etc/greeting ]; do sleep 1; done; cat /etc/greeting'
  tries=0
  # shellcheck disable=SC2086
  until ssh $lenient -i "$key" "ec2-user@$address" "$look"; do
    tries=$((tries + 1))
    if [ "$tries" = 60 ]; then exit 1; fi
    sleep 1
  done
  # shellcheck disable=SC2086
  ssh $lenient -i "$key" -o ProxyCommand="$through" "ec2-user@$kitchen_address" "$look"
}

down() {
  . "$state"
  aws ec2 terminate-instances --instance-ids "$door" "$kitchen" > /dev/null
  aws ec2 wait instance-terminated --instance-ids "$door" "$kitchen"
  if [ -n "${volume:-}" ]; then
    aws ec2 wait volume-available --volume-ids "$volume"
    aws ec2 delete-volume --volume-id "$volume"
  fi
  aws ec2 delete-nat-gateway --nat-gateway-id "$nat_gateway" > /dev/null
  aws ec2 wait nat-gateway-deleted --nat-gateway-ids "$nat_gateway"
  for allocation in "$door_allocation" "$nat_address"; do
    aws ec2 release-address --allocation-id "$allocation"
  done
  aws ec2 delete-security-group --group-id "$kitchen_group" > /dev/null
  aws ec2 delete-security-group --group-id "$door_group" > /dev/null
  for subnet in "$public_subnet" "$private_subnet"; do
    aws ec2 delete-subnet --subnet-id "$subnet"
  done
  for table in "$public_table" "$private_table"; do
    aws ec2 delete-route-table --route-table-id "$table"
  done
  aws ec2 detach-internet-gateway --vpc-id "$vpc" --internet-gateway-id "$internet_gateway"
  aws ec2 delete-internet-gateway --internet-gateway-id "$internet_gateway"
  aws ec2 delete-vpc --vpc-id "$vpc"
  aws ec2 delete-key-pair --key-name "$key_pair" > /dev/null
  rm -f "$state" "$key"
}

main "$@"
