# Asks all hosts of a link which groups they are in, as a querier of IGMP version 2 does (RFC 2236).
# query.py OWN-ADDRESS
import socket
import struct
import sys

IGMP = 2
IP_MULTICAST_IF = 32
QUERY = 0x11
MAX_RESPONSE = 100


def checksum(data):
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


out = socket.socket(socket.AF_INET, socket.SOCK_RAW, IGMP)
out.setsockopt(socket.IPPROTO_IP, IP_MULTICAST_IF, socket.inet_aton(sys.argv[1]))
blank = struct.pack(">BBH4x", QUERY, MAX_RESPONSE, 0)
out.sendto(struct.pack(">BBH4x", QUERY, MAX_RESPONSE, checksum(blank)), ("224.0.0.1", 0))
