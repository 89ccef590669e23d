namespace DeepKeras.Data;

/// <summary>Pass after pass of the same data.</summary>
internal sealed class RepeatDataset<T>(Dataset<T> source, int? times) : DerivedDataset<T, T>(source)
{
    public override long? Count => times is { } count ? (Source.IsEndless && count > 0 ? null : Source.Count * count) : null;

    internal override bool IsEndless => times is null || (times > 0 && Source.IsEndless);

    public override IEnumerable<T> Elements()
    {
        var key = RandomSource.Next();
        return Read(key);
    }

    private IEnumerable<T> Read(ulong key)
    {
        for (long repetition = 0; !(repetition >= times); repetition++)
        {
            IEnumerable<T> pass;
            using (RandomSource.Use(new RandomKeys(RandomKeys.Of(key, repetition)))) pass = Source.Elements();
            var any = false;
            foreach (var element in pass)
            {
                any = true;
                yield return element;
            }
            if (!any) yield break;
        }
    }
}
