using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepKeras.Serialization;

/// <summary>The parts of a model file that is a zip archive. .NET does not compare the checksums of what it reads; here they are.</summary>
internal static class ZipParts
{
    private const int TextLimit = 1 << 26;

    /// <summary>Reads a part that is a JSON object.</summary>
    /// <exception cref="KerasException">It is too long, damaged or no such object.</exception>
    public static JsonObject ReadJson(ZipArchive zip, string part, string path)
    {
        var entry = zip.GetEntry(part) ?? throw Throw.ModelFile(path, $"{part} is not in it");
        if (entry.Length > TextLimit) throw Throw.ModelFile(path, string.Create(CultureInfo.InvariantCulture, $"{part} has {entry.Length} bytes where at most {TextLimit} are expected"));
        using var content = new MemoryStream();
        CopyTo(entry, content, path);
        try
        {
            return JsonNode.Parse(content.GetBuffer().AsSpan(0, (int)content.Length), documentOptions: ModelJson.Strict) as JsonObject ?? throw Throw.ModelFile(path, $"{part} holds no object");
        }
        catch (JsonException error)
        {
            throw Throw.ModelFile(path, $"{part} is not valid JSON ({Throw.FirstLine(error.Message).TrimEnd('.')})");
        }
    }

    /// <summary>Unpacks a part, not more than the archive says it has, and checks its sum.</summary>
    /// <exception cref="KerasException">Its length or its checksum is another one.</exception>
    public static void CopyTo(ZipArchiveEntry entry, Stream target, string path)
    {
        var sum = new Crc32Stream(target);
        using var content = entry.Open();
        var buffer = new byte[1 << 16];
        for (int count; (count = content.Read(buffer)) > 0 && sum.Count <= entry.Length;) sum.Write(buffer.AsSpan(0, count));
        if (sum.Count != entry.Length) throw Throw.ModelFile(path, string.Create(CultureInfo.InvariantCulture, $"{entry.FullName} is damaged: it has {sum.Count} bytes where {entry.Length} are expected"));
        if (sum.Value != entry.Crc32) throw Throw.ModelFile(path, $"{entry.FullName} is damaged: its CRC-32 is {sum.Value:x8} where {entry.Crc32:x8} is expected");
    }

    /// <summary>Adds a part that is a JSON object.</summary>
    public static void PutJson(ZipArchive zip, string part, JsonObject json)
    {
        using var stream = zip.CreateEntry(part, CompressionLevel.NoCompression).Open();
        WriteJson(stream, json);
    }

    public static void WriteJson(Stream stream, JsonObject json)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = ModelJson.Plain.Encoder });
        json.WriteTo(writer);
    }
}
