using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace DeepKeras.Callbacks;

/// <summary>
/// A file of events as TensorBoard reads it: TFRecord frames (length, masked CRC-32C of the length, data, masked CRC-32C of the data) around
/// <c>Event</c> messages, with summaries in the form of TensorFlow 2: a tensor and the name of the plug-in that shows it.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private static int s_count;
    private readonly Stream _stream;
    private readonly Func<double> _clock;

    /// <summary>Makes a new file in a folder.</summary>
    public EventFile(string folder)
        : this(Create(folder), () => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds)
    {
    }

    /// <param name="stream">Where to write; it is closed at the end.</param>
    /// <param name="clock">Seconds since 1970.</param>
    public EventFile(Stream stream, Func<double> clock)
    {
        (_stream, _clock) = (stream, clock);
        Write(new ProtobufMessage().Add(1, _clock()).Add(3, "brain.Event:2"));
    }

    /// <summary>Adds a summary.</summary>
    /// <param name="tag">What it is of.</param>
    /// <param name="step">Which point of the series.</param>
    /// <param name="summary">The value.</param>
    public void Add(string tag, long step, EventSummary summary)
    {
        var plugin = new ProtobufMessage().Add(1, summary.Plugin);
        if (summary.PluginContent.Length > 0) plugin.Add(2, summary.PluginContent);
        var value = new ProtobufMessage()
            .Add(1, tag)
            .Add(8, summary.Content)
            .Add(9, new ProtobufMessage().Add(1, plugin).Add(4, (long)summary.DataClass));
        Write(new ProtobufMessage().Add(1, _clock()).Add(2, step).Add(5, new ProtobufMessage().Add(1, value)));
    }

    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();

    /// <summary>The sum of TFRecord files: CRC-32C, turned by 15 bits and shifted, so that sums of sums differ.</summary>
    internal static uint MaskedSum(ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var value in data) sum = BitOperations.Crc32C(sum, value);
        return BitOperations.RotateRight(~sum, 15) + 0xA282EAD8;
    }

    private static FileStream Create(string folder)
    {
        _ = Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_count) - 1}.v2");
        return new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    }

    private void Write(ProtobufMessage message)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, message.Bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedSum(head[..8]));
        _stream.Write(head);
        _stream.Write(message.Bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(head, MaskedSum(message.Bytes));
        _stream.Write(head[..4]);
    }
}
