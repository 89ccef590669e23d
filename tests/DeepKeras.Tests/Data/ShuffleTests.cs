using DeepKeras.Data;

namespace DeepKeras.Tests.Data;

/// <summary>The order that Shuffle gives: tf.data's buffer, seeded, the same for streams and for rows in memory.</summary>
public class ShuffleTests
{
    [TestCase(1, 1)]
    [TestCase(50, 7)]
    [TestCase(50, 50)]
    [TestCase(50, 1000)]
    public void Every_element_comes_once_and_none_before_the_buffer_has_seen_it(int count, int bufferSize)
    {
        foreach (var data in new[] { Dataset.Range(count), Dataset.Range(count).Map(i => i) })
        {
            List<long> order = [.. data.Shuffle(bufferSize, seed: 5).Elements()];
            order.Should().BeEquivalentTo(Enumerable.Range(0, count).Select(i => (long)i));
            for (var i = 0; i < count; i++) order[i].Should().BeLessThan(i + bufferSize, "only {0} elements wait", bufferSize);
            if (bufferSize == 1) order.Should().BeInAscendingOrder("a buffer of one mixes nothing");
        }
    }

    [Test]
    public void A_full_shuffle_gives_all_orders_equally_often()
    {
        var data = Dataset.Range(4).Shuffle(10, seed: 1);
        var seen = Enumerable.Range(0, 4800).GroupBy(_ => string.Join("", data.Elements())).ToDictionary(g => g.Key, g => g.Count());
        seen.Should().HaveCount(24);
        // Chi-square with 23 degrees of freedom: 49.7 is passed by chance once in a thousand runs, and the seed is fixed.
        seen.Values.Sum(n => (n - 200.0) * (n - 200.0) / 200.0).Should().BeLessThan(49.7);
    }

    [Test]
    public void A_list_and_a_stream_are_mixed_alike()
    {
        foreach (var bufferSize in new[] { 3, 30 })
        {
            Dataset.Range(20).Shuffle(bufferSize, seed: 3).Elements().Should().Equal(Dataset.Range(20).Map(i => i).Shuffle(bufferSize, seed: 3).Elements());
        }
    }

    [Test]
    public void Each_pass_has_its_own_order_and_a_seed_repeats_the_row_of_orders()
    {
        var (a, b) = (Dataset.Range(30).Shuffle(30, seed: 9), Dataset.Range(30).Shuffle(30, seed: 9));
        List<long> first = [.. a.Elements()], second = [.. a.Elements()];
        first.Should().NotEqual(second);
        b.Elements().Should().Equal(first);
        b.Elements().Should().Equal(second);
        Dataset.Range(30).Shuffle(30, seed: 10).Elements().Should().NotEqual(first);
        var same = Dataset.Range(30).Shuffle(30, seed: 9, reshuffleEachIteration: false);
        same.Elements().Should().Equal(same.Elements());
        var free = Dataset.Range(30).Shuffle(30, reshuffleEachIteration: false);
        free.Elements().Should().Equal(free.Elements());
    }

    [Test]
    public void Without_a_seed_the_order_follows_the_session()
    {
        var data = Dataset.Range(30).Shuffle(30);
        Keras.SetRandomSeed(4);
        List<long> first = [.. data.Elements()], second = [.. data.Elements()];
        Keras.SetRandomSeed(4);
        data.Elements().Should().Equal(first);
        data.Elements().Should().Equal(second);
        second.Should().NotEqual(first);
    }

    [Test]
    public void Repeating_after_a_shuffle_mixes_each_repetition_anew()
    {
        List<long> twice = [.. Dataset.Range(20).Shuffle(20, seed: 2).Repeat(2).Elements()];
        twice[..20].Should().BeEquivalentTo(twice[20..], "each repetition is complete");
        twice[..20].Should().NotEqual(twice[20..]);
    }

    [Test]
    public void Rows_and_ranges_of_rows_are_mixed_without_being_read()
    {
        var x = torch.arange(40, ScalarType.Float32).reshape(20, 2);
        var rows = Dataset.FromTensors(x).Skip(4).Take(12).Shuffle(12, seed: 6);
        var numbers = Dataset.Range(20).Skip(4).Take(12).Shuffle(12, seed: 6).Elements().ToList();
        rows.Count.Should().Be(12);
        rows.Elements().Select(s => Numbers(s.Inputs[0])[0] / 2).Should().Equal(numbers.Select(n => (double)n));
        var data = Dataset.FromTensors(x).Skip(4).Take(12).Shuffle(12, seed: 6);
        data.Batch(5).Elements().SelectMany(b => Numbers(b.Inputs[0].select(1, 0))).Should().Equal(numbers.Select(n => n * 2.0));
    }
}
