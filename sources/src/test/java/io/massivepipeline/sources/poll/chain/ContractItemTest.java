package io.massivepipeline.sources.poll.chain;

import io.massivepipeline.sources.poll.json.Leaf;
import io.massivepipeline.sources.trade.OptionRight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ContractItemTest {

    private static final String TICKER = "O:SPXW251223P06870000";

    private static final String WHOLE =
            """
            {"details": {"ticker": "%s", "shares_per_contract": 100},
             "last_quote": {"bid": 7.6, "ask": 7.8, "midpoint": 7.7,
                            "last_updated": 1766437799445000000},
             "last_trade": {"price": 7.7, "sip_timestamp": 1766437799000000000},
             "greeks": {"delta": -0.31, "gamma": 0.0042, "theta": -5.5, "vega": 1.25},
             "implied_volatility": 0.118, "open_interest": 1520, "day": {"volume": 3012}}
            """
                    .formatted(TICKER);

    private final ObjectMapper mapper = Leaf.mapper();

    @Test
    void aContractIsWhatItsTickerAndItsLeavesSay() throws Exception {
        ChainContract contract = ContractItem.read(whole(), Map.of());

        assertThat(contract)
                .isEqualTo(
                        new ChainContract(
                                TICKER,
                                "SPXW",
                                OptionRight.PUT,
                                20251223,
                                6870000,
                                100,
                                new BigDecimal("7.6"),
                                new BigDecimal("7.8"),
                                new BigDecimal("7.7"),
                                1766437799445L,
                                new BigDecimal("7.7"),
                                1766437799000L,
                                0.118,
                                -0.31,
                                0.0042,
                                -5.5,
                                1.25,
                                1520L,
                                3012L));
    }

    @Test
    void whatIsNotToldIsNull() throws Exception {
        JsonNode bare = mapper.readTree("{\"details\": {\"ticker\": \"%s\"}}".formatted(TICKER));

        ChainContract contract = ContractItem.read(bare, Map.of());

        assertThat(contract.quotedAt()).isNull();
        assertThat(contract.lastAt()).isNull();
        assertThat(contract.iv()).isNull();
        assertThat(contract.delta()).isNull();
        assertThat(contract.gamma()).isNull();
        assertThat(contract.theta()).isNull();
        assertThat(contract.vega()).isNull();
        assertThat(contract.openInterest()).isNull();
        assertThat(contract.dayVolume()).isNull();
        assertThat(contract).isNotEqualTo(ContractItem.read(whole(), Map.of()));
    }

    @Test
    void whatIsAsItWasIsTheSameObject() throws Exception {
        ChainContract before = ContractItem.read(whole(), Map.of());

        assertThat(ContractItem.read(whole(), Map.of(TICKER, before))).isSameAs(before);
    }

    @Test
    void whatChangedIsReadAnewAndSharesItsNames() throws Exception {
        // Given a contract whose open interest was told
        ChainContract before = ContractItem.read(whole(), Map.of());

        // When it is told no more, and another volume is
        ObjectNode changed = whole();
        changed.remove("open_interest");
        changed.withObject("/day").put("volume", 3013);
        ChainContract now = ContractItem.read(changed, Map.of(TICKER, before));

        // Then it is what is told now
        assertThat(now.openInterest()).isNull();
        assertThat(now.dayVolume()).isEqualTo(3013);
        assertThat(now.bid()).isEqualByComparingTo("7.6");
        assertThat(now).isNotEqualTo(before).isEqualTo(ContractItem.read(changed, Map.of()));
        assertThat(now.ticker()).isSameAs(before.ticker());
        assertThat(now.bid()).isSameAs(before.bid());
        assertThat(before.openInterest()).isEqualTo(1520);
    }

    private ObjectNode whole() throws Exception {
        return (ObjectNode) mapper.readTree(WHOLE);
    }
}
