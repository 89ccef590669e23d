using DeepKeras.Data;

namespace DeepKeras.Tests.Data;

/// <summary>Which elements come, in which order, and how many are announced.</summary>
public class DatasetOrderTests
{
    [Test]
    public void Sources_give_their_elements_in_every_pass()
    {
        Gives(Dataset.Range(4), 0, 1, 2, 3);
        Gives(Dataset.From([3, 1, 2]), 3, 1, 2);
        Gives(Dataset.From(Enumerable.Range(5, 3).Where(i => i > 0)), counted: false, 5, 6, 7);
        var starts = 0;
        var data = Dataset.From(() => Enumerable.Range(++starts * 10, 2), 2);
        starts.Should().Be(0, "nothing is read before a pass starts");
        data.Elements().Should().Equal(10, 11);
        data.Elements().Should().Equal(20, 21);
        data.Count.Should().Be(2);
        Dataset.From(() => Enumerable.Range(0, 2)).Count.Should().BeNull("nobody said how many");
        Dataset.From(Enumerable.Range(0, 9)).Count.Should().Be(9);
    }

    [Test]
    public void Operators_follow_tf_data()
    {
        Gives(Dataset.Range(3).Map(i => i * 10), 0, 10, 20);
        Gives(Dataset.Range(3).Map(i => $"{i}").Map(s => s + s), "00", "11", "22");
        Gives(Dataset.Range(6).Filter(i => i % 2 == 1), counted: false, 1, 3, 5);
        Gives(Dataset.Range(5).Take(2), 0, 1);
        Gives(Dataset.Range(2).Take(9), 0, 1);
        Gives(Dataset.Range(5).Take(0));
        Gives(Dataset.Range(5).Skip(3), 3, 4);
        Gives(Dataset.Range(2).Skip(3));
        Gives(Dataset.Range(9).Skip(2).Take(5).Skip(1).Take(3), 3, 4, 5);
        Gives(Dataset.Range(2).Repeat(3), 0, 1, 0, 1, 0, 1);
        Gives(Dataset.Range(2).Repeat(0));
        Gives(Dataset.Range(2).Concatenate(Dataset.From([7L])), 0, 1, 7);
        Gives(Dataset.Range(3).Zip(Dataset.From(["a", "b"])), (0, "a"), (1, "b"));
        Gives(Dataset.Zip(Dataset.Range(1), Dataset.Range(5)), (0, 0));
        Gives(Dataset.Range(4).Prefetch(2), 0, 1, 2, 3);
        Gives(Dataset.Range(4).Cache(), 0, 1, 2, 3);
    }

    [Test]
    public void Take_and_Skip_of_a_stream_do_not_read_further_than_they_must()
    {
        var read = new List<int>();
        var data = Dataset.From(Numbers);
        data.Skip(2).Take(3).Elements().Should().Equal(2, 3, 4);
        read.Should().Equal(0, 1, 2, 3, 4);
        data.Skip(2).Take(3).Count.Should().BeNull();
        Dataset.From(Numbers, 4).Skip(2).Take(3).Count.Should().Be(2);

        IEnumerable<int> Numbers()
        {
            for (var i = 0; ; i++)
            {
                read.Add(i);
                yield return i;
            }
        }
    }

    [Test]
    public void Endless_data_knows_that_it_is()
    {
        var endless = Dataset.Range(3).Repeat();
        endless.Count.Should().BeNull();
        endless.Map(i => i).Shuffle(2).Prefetch(1).Filter(i => i > 0).Skip(1).IsEndless.Should().BeTrue();
        Gives(endless.Take(5), 0, 1, 2, 0, 1);
        endless.Zip(Dataset.Range(4)).Count.Should().Be(4);
        Dataset.Range(4).Zip(endless).Count.Should().Be(4);
        endless.Zip(endless).IsEndless.Should().BeTrue();
        Dataset.Range(1).Concatenate(endless).IsEndless.Should().BeTrue();
        endless.Repeat(2).Count.Should().BeNull();
        endless.Repeat(0).Elements().Should().BeEmpty();
        Dataset.Range(0).Repeat().Elements().Should().BeEmpty("an endless repetition of nothing is nothing");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(8)]
    public void A_parallel_map_keeps_the_order(int workers)
    {
        var data = Dataset.Range(200).Map(
            i =>
            {
                if (i % 7 == 0) Thread.Sleep(1);
                return i * i;
            },
            workers);
        for (var pass = 0; pass < 3; pass++) data.Elements().Should().Equal(Enumerable.Range(0, 200).Select(i => (long)i * i));
    }

    [Test]
    public void A_cache_reads_once_when_a_pass_is_complete()
    {
        var reads = 0;
        var data = Dataset.Range(3).Map(i => { reads++; return i; }).Cache();
        data.Elements().Take(2).Should().Equal(0, 1);
        data.Elements().Should().Equal(0, 1, 2);
        reads.Should().Be(5, "the pass that was given up does not count");
        data.Elements().Should().Equal(0, 1, 2);
        data.Elements().Should().Equal(0, 1, 2);
        reads.Should().Be(5);
    }

    [Test]
    public void A_cache_knows_the_count_after_its_first_pass()
    {
        var data = Dataset.Range(9).Filter(i => i > 6).Cache();
        data.Count.Should().BeNull();
        data.Elements().Should().Equal(7, 8);
        data.Count.Should().Be(2);
    }

    private static void Gives<T>(Dataset<T> data, params T[] expected) => Gives(data, counted: true, expected);

    private static void Gives<T>(Dataset<T> data, bool counted, params T[] expected)
    {
        for (var pass = 0; pass < 2; pass++) data.Elements().Should().Equal(expected);
        data.Count.Should().Be(counted ? expected.Length : null);
    }
}
