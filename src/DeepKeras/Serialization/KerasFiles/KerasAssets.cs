using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// Vocabularies that Keras learnt lie beside its config: <c>assets/layers/integer_lookup/vocabulary.txt</c>, their weights in the variable <c>idf_weights</c>.
/// DeepKeras keeps both in the config, where Keras reads them too.
/// </summary>
internal static class KerasAssets
{
    /// <summary>The variable of a lookup in mode <c>tf_idf</c>, below the layer's path.</summary>
    public const string Frequencies = "vars/idf_weights";

    private const string Folder = "assets/";
    private const string VocabularyPart = "vocabulary.txt";

    /// <summary>Puts what lies beside a config into it.</summary>
    /// <param name="zip">The model file.</param>
    /// <param name="config">The config of the model, layers inside of layers included.</param>
    /// <param name="weights">The file's weights.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="KerasException">A vocabulary is damaged.</exception>
    public static void Insert(ZipArchive zip, JsonObject config, KerasH5 weights, string source)
    {
        if (!zip.Entries.Any(e => e.FullName.StartsWith(Folder, StringComparison.Ordinal))) return;
        Walk(config, "");

        void Walk(JsonObject model, string path)
        {
            if (model["config"]?["layers"] is not JsonArray layers) return;
            var used = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var layer in layers.OfType<JsonObject>())
            {
                if (layer["class_name"]?.GetValueKind() != JsonValueKind.String) continue;
                var name = Naming.ToSnakeCase(layer["class_name"]!.GetValue<string>());
                var count = used[name] = used.GetValueOrDefault(name, -1) + 1;
                var inner = count == 0 ? $"{path}layers/{name}/" : string.Create(CultureInfo.InvariantCulture, $"{path}layers/{name}_{count}/");
                if (name == "integer_lookup" && layer["config"] is JsonObject lookup) Fill(lookup, inner);
                Walk(layer, inner);
            }
        }

        void Fill(JsonObject lookup, string path)
        {
            if (lookup["vocabulary"] is not null || zip.GetEntry($"{Folder}{path}{VocabularyPart}") is not { } entry) return;
            using var content = new MemoryStream();
            ZipParts.CopyTo(entry, content, source);
            var lines = Encoding.UTF8.GetString(content.ToArray()).ReplaceLineEndings("\n").Split('\n');
            var vocabulary = Vocabulary<long>.Parse(lines, $"{source}, {entry.FullName}");
            lookup["vocabulary"] = ConfigWriter.Write(vocabulary, VocabularyPart);
            using var frequencies = weights.ReadVariable(path + Frequencies);
            // Behind the tokens come the places that pad the vectors.
            if (frequencies is not null) lookup["idf_weights"] = ConfigWriter.Write(new Numbers(frequencies.to_type(ScalarType.Float64).data<double>().ToArray().Take(vocabulary.Count)), Frequencies);
        }
    }
}
