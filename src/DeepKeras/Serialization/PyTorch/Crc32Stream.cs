using System.Buffers.Binary;

namespace DeepKeras.Serialization;

/// <summary>Passes bytes on and sums them up as zip archives do (CRC-32, polynomial 0xEDB88320), eight at a time.</summary>
internal sealed class Crc32Stream(Stream target) : Stream
{
    private static readonly uint[][] s_tables = Tables();
    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public long Count { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Count;

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        target.Write(buffer);
        Count += buffer.Length;
        var (state, t) = (_state, s_tables);
        while (buffer.Length >= 8)
        {
            var low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(buffer);
            state = t[7][low & 255] ^ t[6][(low >> 8) & 255] ^ t[5][(low >> 16) & 255] ^ t[4][low >> 24]
                ^ t[3][buffer[4]] ^ t[2][buffer[5]] ^ t[1][buffer[6]] ^ t[0][buffer[7]];
            buffer = buffer[8..];
        }
        foreach (var value in buffer) state = (state >> 8) ^ t[0][(state ^ value) & 255];
        _state = state;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static uint[][] Tables()
    {
        var tables = new uint[8][];
        for (var k = 0; k < 8; k++)
        {
            tables[k] = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                if (k > 0)
                {
                    tables[k][i] = (tables[k - 1][i] >> 8) ^ tables[0][tables[k - 1][i] & 255];
                    continue;
                }
                var value = i;
                for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
                tables[0][i] = value;
            }
        }
        return tables;
    }
}
