using System.Security.Cryptography;
using DeepKeras.Datasets;

namespace DeepKeras.Applications.Pretrained;

/// <summary>Where weight files are kept and how they get there.</summary>
internal static class WeightStore
{
    public static string Folder => Path.Combine(DataFolder.Home, "weights");

    private static bool IsOffline => Environment.GetEnvironmentVariable("DEEPKERAS_OFFLINE") is "1" or "true";

    private static string[] Mirrors => (Environment.GetEnvironmentVariable("DEEPKERAS_MIRROR") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Fetch(TorchvisionWeights set, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, set.FileName);
        if (!File.Exists(path))
        {
            if (IsOffline) throw Throw.Offline(set, Folder);
            return set.Remote(Mirrors).Fetch(Folder, cancellationToken);
        }
        using var stream = File.OpenRead(path);
        var found = Convert.ToHexStringLower(SHA256.HashData(stream));
        return found.StartsWith(set.Sha256, StringComparison.OrdinalIgnoreCase) ? path : throw Throw.WrongHash(set, path, found);
    }

    /// <summary>The set that <c>weights:</c> names; null where it is the path of a file.</summary>
    public static WeightSet? Resolve(string model, string weights)
    {
        var sets = WeightSets.Of(model);
        if (sets.FirstOrDefault(s => s.Name == weights) is { } set) return set;
        return File.Exists(weights) ? null : throw Throw.UnknownWeights(model, weights, sets.Select(s => s.Name));
    }
}
