using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

public sealed class HashesTests
{
    private static IEnumerable<TestCaseData> Cases() => JsonFixture.Cases("Layers/Preprocessing/hashes_reference.json", "title");

    /// <summary>Against Google's libraries, for every branch by length.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Hashes_are_those_of_FarmHash_and_SipHash(JsonElement json)
    {
        var length = json.GetProperty("length").GetInt32();
        byte[] text = [.. Enumerable.Range(0, length).Select(i => (byte)((37 * i) + length))];
        FarmHash.Fingerprint(text).ToString(CultureInfo.InvariantCulture).Should().Be(json.GetProperty("farm").GetString());
        SipHash.Compute(text, (133, 137)).ToString(CultureInfo.InvariantCulture).Should().Be(json.GetProperty("sip").GetString());
    }

    /// <summary>The example of the paper's appendix: key 00 … 0f, text 00 … 0e.</summary>
    [Test]
    public void SipHash_gives_the_number_of_its_paper() =>
        SipHash.Compute([.. Enumerable.Range(0, 15).Select(i => (byte)i)], (0x0706050403020100, 0x0f0e0d0c0b0a0908)).Should().Be(0xa129ca6149be45e5);

    [Test]
    public void Texts_of_any_length_and_numbers_of_any_sign_have_a_bin()
    {
        TextHash.Bin(new string('é', 3000), 1000, null).Should().BeInRange(0, 999);
        TextHash.Bin(long.MinValue, 7, null).Should().Be(TextHash.Bin("-9223372036854775808", 7, null));
        TextHash.Bin(42, 7, 5).Should().Be(TextHash.Bin("42", 7, (5, 5)));
    }
}
