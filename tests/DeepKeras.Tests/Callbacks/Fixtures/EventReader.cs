using System.Buffers.Binary;
using System.Text;

namespace DeepKeras.Tests.Callbacks.Fixtures;

/// <summary>Reads event files by the published formats of TFRecord and Protocol Buffers, with a CRC-32C of its own, bit by bit.</summary>
internal static class EventReader
{
    /// <summary>The summaries of every file in a folder: step, tag, plug-in, the tensor's bytes or its texts.</summary>
    public static List<(long Step, string Tag, string Plugin, byte[] Content, List<byte[]> Texts)> Read(string folder)
    {
        var all = new List<(long, string, string, byte[], List<byte[]>)>();
        foreach (var file in Directory.GetFiles(folder, "events.out.tfevents.*.v2").Order(StringComparer.Ordinal))
        {
            var data = File.ReadAllBytes(file);
            for (var at = 0; at < data.Length;)
            {
                var length = (int)BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(at));
                var body = data.AsSpan(at + 12, length);
                BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at + 8)).Should().Be(Masked(data.AsSpan(at, 8)));
                BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at + 12 + length)).Should().Be(Masked(body));
                var message = Fields(body.ToArray());
                var step = message.TryGetValue(2, out var number) ? (long)number[0] : 0;
                if (at == 0) Encoding.UTF8.GetString((byte[])message[3][0]).Should().Be("brain.Event:2");
                else
                {
                    var value = Fields((byte[])Fields((byte[])message[5][0])[1][0]);
                    var tensor = Fields((byte[])value[8][0]);
                    var plugin = Fields((byte[])Fields((byte[])value[9][0])[1][0])[1][0];
                    all.Add((step, Encoding.UTF8.GetString((byte[])value[1][0]), Encoding.UTF8.GetString((byte[])plugin), tensor.TryGetValue(4, out var content) ? (byte[])content[0] : [], tensor.TryGetValue(8, out var texts) ? [.. texts.Cast<byte[]>()] : []));
                }
                at += 16 + length;
            }
        }
        return all;
    }

    private static Dictionary<int, List<object>> Fields(byte[] message)
    {
        var fields = new Dictionary<int, List<object>>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            object value;
            switch (key & 7)
            {
                case 0:
                    value = (long)Varint(message, ref at);
                    break;
                case 1:
                    value = BitConverter.ToDouble(message, at);
                    at += 8;
                    break;
                default:
                    var length = (int)Varint(message, ref at);
                    value = message[at..(at + length)];
                    at += length;
                    break;
            }
            if (!fields.TryGetValue((int)(key >> 3), out var list)) fields[(int)(key >> 3)] = list = [];
            list.Add(value);
        }
        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var value in data)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0x82F63B78;
        }
        sum = ~sum;
        return ((sum >> 15) | (sum << 17)) + 0xA282EAD8;
    }
}
