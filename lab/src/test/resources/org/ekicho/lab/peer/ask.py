# Sends one plain NTP request from an unconnected socket and prints the address that answers: ask.py SERVER
import socket
import sys

door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
door.settimeout(3)
door.sendto(bytes([0x23]) + bytes(39) + b"\x01" * 8, (sys.argv[1], 123))
answer, sender = door.recvfrom(1024)
print(sender[0], "mode", answer[0] & 7)
