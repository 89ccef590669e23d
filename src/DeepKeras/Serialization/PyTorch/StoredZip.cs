using System.Text;

namespace DeepKeras.Serialization;

/// <summary>
/// Writes a zip archive whose parts are stored without compression and begin at multiples of 64 bytes, as PyTorch wants them, so that they can be mapped into
/// memory. (.NET's own writer leaves no room for the alignment.) Archives of four gigabytes and more get the records of zip64.
/// </summary>
/// <param name="stream">A seekable stream at the beginning of the file.</param>
/// <param name="alwaysLarge">Whether to write the records of zip64 in any case.</param>
internal sealed class StoredZip(Stream stream, bool alwaysLarge = false) : IDisposable
{
    private const int Alignment = 64;
    private const int LocalHeaderLength = 30;

    // 1 January 1980: the same weights give the same file.
    private const uint Date = 0x0021_0000;
    private readonly List<(byte[] Name, uint Crc, long Length, long Offset)> _parts = [];
    private readonly BinaryWriter _writer = new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>Adds a part.</summary>
    /// <param name="name">Its path within the archive.</param>
    /// <param name="length">How many bytes it will have.</param>
    /// <param name="write">Writes them.</param>
    public void Add(string name, long length, Action<Stream> write)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var offset = stream.Position;
        WriteLocalHeader(bytes, length, offset);
        _writer.Flush();
        var content = new Crc32Stream(stream);
        write(content);
        if (content.Count != length) throw new InvalidOperationException($"{name} has {content.Count} bytes where {length} were announced.");
        var end = stream.Position;
        stream.Position = offset + 14;
        _writer.Write(content.Value);
        _writer.Flush();
        stream.Position = end;
        _parts.Add((bytes, content.Value, length, offset));
    }

    /// <summary>Writes the table of contents; nothing can be added after it.</summary>
    public void Finish()
    {
        var start = stream.Position;
        foreach (var part in _parts) WriteDirectoryEntry(part.Name, part.Crc, part.Length, part.Offset);
        _writer.Flush();
        var end = stream.Position;
        var large = alwaysLarge || _parts.Count >= ushort.MaxValue || IsLarge(start);
        if (large)
        {
            _writer.Write(0x06064B50u);
            _writer.Write(44L);
            _writer.Write(0x002D_002Du);
            _writer.Write(0L);
            _writer.Write((long)_parts.Count);
            _writer.Write((long)_parts.Count);
            _writer.Write(end - start);
            _writer.Write(start);
            _writer.Write(0x07064B50u);
            _writer.Write(0);
            _writer.Write(end);
            _writer.Write(1);
        }
        _writer.Write(0x06054B50u);
        _writer.Write(0);
        _writer.Write(large ? ushort.MaxValue : (ushort)_parts.Count);
        _writer.Write(large ? ushort.MaxValue : (ushort)_parts.Count);
        _writer.Write(large ? uint.MaxValue : (uint)(end - start));
        _writer.Write(large ? uint.MaxValue : (uint)start);
        _writer.Write((ushort)0);
        _writer.Flush();
    }

    /// <summary>Leaves the stream open.</summary>
    public void Dispose() => _writer.Dispose();

    private void WriteLocalHeader(byte[] name, long length, long offset)
    {
        var large = IsLarge(length);
        var head = LocalHeaderLength + name.Length + (large ? 20 : 0) + 4;
        var padding = (int)((Alignment - ((offset + head) % Alignment)) % Alignment);
        _writer.Write(0x04034B50u);
        WriteCommon(large, 0, length, name.Length);
        _writer.Write((ushort)((large ? 20 : 0) + 4 + padding));
        _writer.Write(name);
        if (large)
        {
            _writer.Write((ushort)1);
            _writer.Write((ushort)16);
            _writer.Write(length);
            _writer.Write(length);
        }
        // An extra field of a kind that nobody reads; PyTorch calls it FB too.
        _writer.Write("FB"u8);
        _writer.Write((ushort)padding);
        _writer.Write(new byte[padding]);
    }

    private void WriteDirectoryEntry(byte[] name, uint crc, long length, long offset)
    {
        var (large, far) = (IsLarge(length), IsLarge(offset));
        var extra = (large ? 16 : 0) + (far ? 8 : 0);
        _writer.Write(0x02014B50u);
        _writer.Write((ushort)(large || far ? 45 : 20));
        WriteCommon(large || far, crc, large ? uint.MaxValue : length, name.Length, large);
        _writer.Write((ushort)(extra == 0 ? 0 : extra + 4));
        _writer.Write(0L);
        _writer.Write((ushort)0);
        _writer.Write(far ? uint.MaxValue : (uint)offset);
        _writer.Write(name);
        if (extra == 0) return;
        _writer.Write((ushort)1);
        _writer.Write((ushort)extra);
        if (large)
        {
            _writer.Write(length);
            _writer.Write(length);
        }
        if (far) _writer.Write(offset);
    }

    /// <summary>What both kinds of headers share: version, flags (names in UTF-8), method (stored), date, sum, lengths.</summary>
    private void WriteCommon(bool newer, uint crc, long length, int nameLength, bool? large = null)
    {
        _writer.Write((ushort)(newer ? 45 : 20));
        _writer.Write((ushort)0x0800);
        _writer.Write((ushort)0);
        _writer.Write(Date);
        _writer.Write(crc);
        var shown = large ?? newer ? uint.MaxValue : (uint)length;
        _writer.Write(shown);
        _writer.Write(shown);
        _writer.Write((ushort)nameLength);
    }

    private bool IsLarge(long value) => alwaysLarge || value >= uint.MaxValue;
}
