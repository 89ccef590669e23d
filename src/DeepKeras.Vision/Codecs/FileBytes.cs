using System.Buffers;

namespace DeepKeras.Vision.Codecs;

/// <summary>A whole file in a pooled buffer, given back on <see cref="Dispose"/>.</summary>
internal readonly struct FileBytes : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;

    private FileBytes(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Reads a file; says which and why where it cannot be read.</summary>
    /// <param name="path">Its name.</param>
    public static FileBytes Read(string path)
    {
        if (Directory.Exists(path)) throw Throw.FileIsFolder(path);
        if (!File.Exists(path)) throw Throw.FileMissing(path);
        byte[]? buffer = null;
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > Array.MaxLength) throw Throw.FileTooLong(path, length);
            buffer = ArrayPool<byte>.Shared.Rent((int)length);
            var read = 0;
            for (int got; read < length && (got = RandomAccess.Read(file, buffer.AsSpan(read, (int)length - read), read)) > 0; ) read += got;
            return new FileBytes(buffer, read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            throw Throw.FileUnreadable(path, error);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
