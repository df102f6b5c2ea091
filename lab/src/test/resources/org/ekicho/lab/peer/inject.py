# Sends one UDP datagram as a raw frame, with whatever source address: inject.py INTERFACE FROM TO HEX
import socket
import struct
import sys

interface, source, target, payload = sys.argv[1], sys.argv[2], sys.argv[3], bytes.fromhex(sys.argv[4])


def checksum(header):
    total = sum(struct.unpack("!%dH" % (len(header) // 2), header))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


udp = struct.pack("!HHHH", 123, 123, 8 + len(payload), 0) + payload
addresses = socket.inet_aton(source) + socket.inet_aton(target)
ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(udp), 1, 0, 1, 17, 0) + addresses
ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
group = socket.inet_aton(target)
ethernet = bytes([1, 0, 0x5E, group[1] & 0x7F, group[2], group[3]]) + bytes([2, 0, 0, 0, 0, 1]) + b"\x08\x00"
door = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
door.bind((interface, 0))
door.send(ethernet + ip + udp)
