"""Click to call with panoramisk. Argument: the AMI port. Prints answers, then the names of the call's events."""
import asyncio
import sys

from panoramisk import Manager

TOLD = ("Newchannel", "BridgeEnter", "Hangup")


async def main():
    manager = Manager(loop=asyncio.get_running_loop(), port=int(sys.argv[1]), username="admin", secret="adminpw")
    names, over = [], asyncio.Event()

    def on_event(manager, event):
        if event.event in TOLD:
            names.append(event.event)
        if names.count("BridgeEnter") == 2 and "Hangup" not in names and event.event == "BridgeEnter":
            manager.send_action({"Action": "Hangup", "Channel": event.channel})
        if names.count("Hangup") == 2:
            over.set()

    manager.register_event("*", on_event)
    await manager.connect()
    print((await manager.send_action({"Action": "Ping"})).ping)
    rows = await manager.send_action({"Action": "CoreShowChannels"}, as_list=True)
    print(len(rows) - 2, "channels")
    call = {"Action": "Originate", "Channel": "PJSIP/1001", "Context": "phones", "Exten": "1002", "Priority": 1}
    print((await manager.send_action({**call, "Async": "true"}, as_list=False)).message)
    await asyncio.wait_for(over.wait(), 10)
    print(*names)
    manager.close()


asyncio.run(main())
